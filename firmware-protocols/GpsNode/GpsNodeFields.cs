using System.Text.Json;
using Earmark.FirmwareProtocols.Json;

namespace Earmark.FirmwareProtocols.GpsNode;

/// <summary>
/// A report in a decoded line: <c>fix, latitudeDegrees, longitudeDegrees, speedKilometresPerHour, headingDegrees, accuracyMetres,
/// satellites, inputs, batteryPercent</c>; what is unknown is null.
/// </summary>
internal static class GpsNodeFields
{
    private static readonly FlagNames Inputs = new("seal-intact", "door-open", "external-power");

    public static void Write(Utf8JsonWriter json, in GpsReading reading)
    {
        json.WriteString("fix", GpsFixes.Name(reading.Fix));
        Write(json, "latitudeDegrees", reading.Position?.LatitudeE7 * 0.0000001m);
        Write(json, "longitudeDegrees", reading.Position?.LongitudeE7 * 0.0000001m);
        Write(json, "speedKilometresPerHour", reading.Position?.SpeedDecikilometresPerHour * 0.1m);
        Write(json, "headingDegrees", reading.Position?.HeadingDecidegrees * 0.1m);
        Write(json, "accuracyMetres", reading.Position?.AccuracyDecimetres * 0.1m);
        json.WriteNumber("satellites", reading.Satellites);
        Inputs.Write(json, "inputs", (byte)reading.Inputs);
        Write(json, "batteryPercent", reading.BatteryPercent);
    }

    /// <summary>Gives the payload's length; meaningless after a complaint.</summary>
    public static int Read(JsonFields fields, Complaint complaint, Span<byte> payload)
    {
        if (!GpsFixes.TryParse(fields.Text("fix"), out GpsFix fix))
        {
            fields.Complain("fix", "must be none, gnss, dgnss, rtk-fixed or rtk-float");
        }
        bool known = fix != GpsFix.None;
        long? latitude = fields.Scaled("latitudeDegrees", 7, -GpsNodeCodec.MaxLatitudeE7, GpsNodeCodec.MaxLatitudeE7, known);
        long? longitude = fields.Scaled("longitudeDegrees", 7, -GpsNodeCodec.MaxLongitudeE7, GpsNodeCodec.MaxLongitudeE7, known);
        long? speed = fields.Scaled("speedKilometresPerHour", 1, 0, GpsNodeCodec.MaxSpeedDecikilometresPerHour, required: false);
        long? heading = fields.Scaled("headingDegrees", 1, 0, 3599, required: false);
        long? accuracy = fields.Scaled("accuracyMetres", 1, 1, ushort.MaxValue - 1, required: false);
        byte satellites = (byte)fields.Integer("satellites", 0, GpsNodeCodec.MaxSatellites);
        GpsInputs inputs = (GpsInputs)Inputs.Read(fields, "inputs");
        long? battery = fields.Scaled("batteryPercent", 0, 0, 100, required: false);
        if (!known && (latitude ?? longitude ?? speed ?? heading ?? accuracy) is not null)
        {
            fields.Complain("fix", "is none: position, speed, heading and accuracy must be null");
        }
        if (latitude == 0 && longitude == 0)
        {
            fields.Complain("latitudeDegrees", "and longitudeDegrees may not both be 0");
        }
        if (complaint.Reason is not null)
        {
            return 0;
        }
        GpsPosition? position = known
            ? new GpsPosition((int)(latitude ?? 0), (int)(longitude ?? 0), (ushort?)speed, (ushort?)heading, (ushort?)accuracy)
            : null;
        return GpsNodeCodec.Write(new GpsReading(fix, position, satellites, inputs, (byte?)battery), payload);
    }

    private static void Write(Utf8JsonWriter json, string field, decimal? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(field, known);
        }
        else
        {
            json.WriteNull(field);
        }
    }
}
