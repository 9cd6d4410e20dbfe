using System.Text.Json;
using Earmark.FirmwareProtocols.Json;

namespace Earmark.FirmwareProtocols.EarTag;

/// <summary>
/// A tag reading in a decoded line: <c>rssiDbm, tagFlags, batteryPercent, activityCount, motionlessMinutes, temperatureCelsius</c>.
/// Charge travels in fifteenths: any whole percent is taken and becomes the nearest of them.
/// </summary>
internal static class TagReadingFields
{
    private static readonly FlagNames Flags = new("removed", "temperature-fault", "restarted");

    public static void Write(Utf8JsonWriter json, in TagReading reading)
    {
        if (reading.RssiDbm is { } rssi)
        {
            json.WriteNumber("rssiDbm", rssi);
        }
        else
        {
            json.WriteNull("rssiDbm");
        }
        Flags.Write(json, "tagFlags", (byte)reading.Flags);
        json.WriteNumber("batteryPercent", reading.BatteryPercent);
        json.WriteNumber("activityCount", reading.ActivityCount);
        json.WriteNumber("motionlessMinutes", reading.MotionlessMinutes);
        if (reading.TemperatureCentiCelsius is { } temperature)
        {
            json.WriteNumber("temperatureCelsius", temperature * 0.01m);
        }
        else
        {
            json.WriteNull("temperatureCelsius");
        }
    }

    public static TagReading Read(JsonFields fields)
    {
        long? rssi = fields.Scaled("rssiDbm", 0, sbyte.MinValue + 1, 0, required: false);
        TagFlags flags = (TagFlags)Flags.Read(fields, "tagFlags");
        long battery = fields.Integer("batteryPercent", 0, 100);
        long activity = fields.Integer("activityCount", 0, ushort.MaxValue);
        long motionless = fields.Integer("motionlessMinutes", 0, ushort.MaxValue);
        long? temperature = fields.Scaled(
            "temperatureCelsius", 2, TagReadingCodec.MinTemperatureCentiCelsius, TagReadingCodec.MaxTemperatureCentiCelsius, required: false);
        if (temperature is not null && (flags & TagFlags.TemperatureFault) != 0)
        {
            fields.Complain("temperatureCelsius", "must be null with the flag temperature-fault");
            temperature = null;
        }
        return new TagReading(
            (sbyte?)rssi, flags, (byte)(((battery * TagReading.MaxBatteryFifteenths) + 50) / 100), (ushort)activity, (ushort)motionless, (short?)temperature);
    }
}
