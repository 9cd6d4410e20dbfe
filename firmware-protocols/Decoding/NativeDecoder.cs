using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.FirmwareProtocols.WarehouseScale;

namespace Earmark.FirmwareProtocols.Decoding;

/// <summary>
/// A native frame as one line of JSON for people and tools: <c>{"ok":true,"protocol":"native","message":KIND,"fields":{…}}</c> or
/// <c>{"ok":false,"reason":"bad-crc","offset":98}</c>. <see cref="Encoding.NativeEncoder"/> reads the same line.
/// </summary>
public static class NativeDecoder
{
    /// <param name="frame">Any bytes.</param>
    /// <param name="key">Without a key the MAC is reported as unchecked; with one a wrong MAC is a refusal.</param>
    public static string Decode(ReadOnlySpan<byte> frame, FrameKey? key) => Decode(frame, key, key is not null);

    /// <summary>A frame of the journal, whose MAC was checked when it came.</summary>
    /// <param name="verified">What the check said then.</param>
    public static string DecodeRecorded(ReadOnlySpan<byte> frame, bool verified) => Decode(frame, key: null, verified);

    private static string Decode(ReadOnlySpan<byte> frame, FrameKey? key, bool verified)
    {
        if (!NativeFrame.TryRead(frame, key, out EnvelopeHeader header, out Refusal refusal))
        {
            return Refused(refusal);
        }
        ArrayBufferWriter<byte> text = new(1024);
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteBoolean("ok", true);
            json.WriteString("protocol", "native");
            json.WriteString("message", DeviceKinds.Name(header.Kind));
            json.WriteStartObject("fields");
            EnvelopeFields.Write(json, header, verified);
            WritePayload(json, header.Kind, EnvelopeCodec.Payload(frame));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void WritePayload(Utf8JsonWriter json, DeviceKind kind, ReadOnlySpan<byte> payload)
    {
        switch (kind)
        {
            case DeviceKind.EarTag when EarTagCodec.TryRead(payload, out TagReading reading, out _):
                TagReadingFields.Write(json, reading);
                break;
            case DeviceKind.BaseStation when BaseStationCodec.TryRead(payload, out InventoryRound round, out _):
                BaseStationFields.Write(json, round);
                break;
            case DeviceKind.TmrFeeder when TmrFeederCodec.TryRead(payload, out FeedEvents events, out _):
                TmrFeederFields.Write(json, events);
                break;
            case DeviceKind.WarehouseScale when WarehouseScaleCodec.TryRead(payload, out ScaleReading reading, out _):
                WarehouseScaleFields.Write(json, reading);
                break;
            case DeviceKind.GpsNode when GpsNodeCodec.TryRead(payload, out GpsReading reading, out _):
                GpsNodeFields.Write(json, reading);
                break;
            default:
                throw new InvalidOperationException("The payload was checked before.");
        }
    }

    private static string Refused(Refusal refusal) => $$"""{"ok":false,"reason":"{{refusal.Reason}}","offset":{{refusal.Offset}}}""";
}
