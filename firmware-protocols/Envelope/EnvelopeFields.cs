using System.Globalization;
using System.Text.Json;
using Earmark.FirmwareProtocols.Json;

namespace Earmark.FirmwareProtocols.Envelope;

/// <summary>The envelope in a decoded line: <c>deviceId, boot, sequence, time, keyId, flags, mac</c>.</summary>
internal static class EnvelopeFields
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly string[] TimeFormats = [TimeFormat, "yyyy-MM-dd'T'HH:mm:ss'Z'"];
    private static readonly FlagNames Flags = new("backlog", "clock-unsynchronised", "tamper");

    public static void Write(Utf8JsonWriter json, in EnvelopeHeader header, bool verified)
    {
        json.WriteString("deviceId", header.Device.ToString());
        json.WriteNumber("boot", header.Boot);
        json.WriteNumber("sequence", header.Sequence);
        json.WriteString("time", header.Time.ToString(TimeFormat, CultureInfo.InvariantCulture));
        json.WriteNumber("keyId", header.KeyId);
        Flags.Write(json, "flags", (byte)header.Flags);
        json.WriteString("mac", verified ? "verified" : "unchecked");
    }

    /// <summary><c>keyId</c> and <c>mac</c> in the line are ignored: the frame is signed anew with the caller's key.</summary>
    public static EnvelopeHeader Read(JsonFields fields, DeviceKind kind, byte keyId)
    {
        fields.Ignore("keyId");
        fields.Ignore("mac");
        string? id = fields.Text("deviceId");
        if (!DeviceName.TryParse(id, out DeviceName device) || !DeviceKinds.Accepts(kind, device))
        {
            fields.Complain("deviceId", kind == DeviceKind.EarTag
                ? "must be a 15-digit tag number (country 001–999, national number at most 274877906943)"
                : $"must be 1–{DeviceName.MaxLength} characters of a–z, 0–9 and '-'");
        }
        uint boot = (uint)fields.Integer("boot", 1, uint.MaxValue);
        uint sequence = (uint)fields.Integer("sequence", 1, uint.MaxValue);
        return new EnvelopeHeader(kind, device, boot, sequence, Time(fields), (FrameFlags)Flags.Read(fields, "flags"), keyId);
    }

    private static long Time(JsonFields fields)
    {
        string? text = fields.Text("time");
        bool good = DateTimeOffset.TryParseExact(
            text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
        long unix = time.ToUnixTimeMilliseconds();
        if (good && unix is >= 0 and < EnvelopeCodec.MaxTimeUnixMilliseconds)
        {
            return unix;
        }
        fields.Complain("time", "must be UTC as 2026-01-31T08:30:00.000Z, from 1970 to 2099");
        return 0;
    }
}
