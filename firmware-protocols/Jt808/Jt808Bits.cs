using System.Globalization;
using System.Text.Json;

namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>Names of the alarm and status bits (2019, tables 24 and 25; a bit the edition leaves open is <c>bit-15</c>).</summary>
public static class Jt808Bits
{
    private const int FirstOf2019 = 15;
    private const int LastOf2019 = 17;
    private const int LoadShift = 8;

    private static readonly string[] Alarms =
    [
        "emergency", "overspeed", "fatigue", "danger-warning", "gnss-fault", "gnss-antenna-open", "gnss-antenna-short", "main-power-low",
        "main-power-off", "display-fault", "speaker-fault", "camera-fault", "ic-card-fault", "overspeed-warning", "fatigue-warning", "violation",
        "tyre-pressure", "right-turn-blind-spot", "day-driving-exceeded", "parking-exceeded", "area", "route", "route-time", "off-route",
        "speed-sensor-fault", "fuel-abnormal", "stolen", "illegal-ignition", "illegal-movement", "collision", "rollover", "illegal-door-opening",
    ];

    private static readonly string?[] Statuses =
    [
        "ignition-on", "located", "south", "west", "out-of-service", "coordinates-encrypted", "forward-collision-warning", "lane-departure-warning",
        null, null, "fuel-cut", "power-cut", "door-locked", "front-door-open", "middle-door-open", "rear-door-open",
        "cab-door-open", "other-door-open", "gps", "beidou", "glonass", "galileo", "moving",
    ];

    private static readonly string?[] Loads = [null, "half-loaded", null, "loaded"];

    public static string AlarmName(int bit, bool is2019) => is2019 || bit is < FirstOf2019 or > LastOf2019 ? Alarms[bit] : Unnamed(bit);

    internal static void WriteAlarms(Utf8JsonWriter json, string field, uint alarms, bool is2019)
    {
        json.WriteStartArray(field);
        for (int bit = 0; bit < 32; bit++)
        {
            if ((alarms & (1u << bit)) != 0)
            {
                json.WriteStringValue(AlarmName(bit, is2019));
            }
        }
        json.WriteEndArray();
    }

    internal static void WriteStatus(Utf8JsonWriter json, string field, uint status)
    {
        json.WriteStartArray(field);
        for (int bit = 0; bit < 32; bit++)
        {
            if (bit is not (LoadShift or LoadShift + 1) && (status & (1u << bit)) != 0)
            {
                json.WriteStringValue(bit < Statuses.Length ? Statuses[bit] : Unnamed(bit));
            }
        }
        if (Loads[(status >> LoadShift) & 3] is { } load)
        {
            json.WriteStringValue(load);
        }
        json.WriteEndArray();
    }

    private static string Unnamed(int bit) => string.Create(CultureInfo.InvariantCulture, $"bit-{bit}");
}
