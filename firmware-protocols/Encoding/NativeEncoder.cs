using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.Json;
using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.FirmwareProtocols.WarehouseScale;

namespace Earmark.FirmwareProtocols.Encoding;

/// <summary>Makes a signed frame from the line that <see cref="Decoding.NativeDecoder"/> prints, or one written by hand in that shape.</summary>
public static class NativeEncoder
{
    /// <summary>A full round of 200 observations takes about 35,000.</summary>
    public const int MaxJsonCharacters = 131_072;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <param name="json"><c>message</c> and <c>fields</c> are needed; <c>mac</c> and <c>keyId</c> among the fields are ignored.</param>
    /// <param name="key">32 bytes.</param>
    /// <param name="keyId">Goes into the frame.</param>
    /// <param name="frame">Empty on failure.</param>
    /// <param name="reason">On failure what is wrong, naming the field, such as <c>fields.boot is missing</c>.</param>
    public static bool TryEncode(string json, ReadOnlySpan<byte> key, byte keyId, out byte[] frame, out string reason)
    {
        ArgumentNullException.ThrowIfNull(json);
        frame = [];
        if (key.Length != FrameKey.Length)
        {
            reason = $"the key must have {FrameKey.Length} bytes, not {key.Length}";
            return false;
        }
        if (json.Length > MaxJsonCharacters)
        {
            reason = $"more than {MaxJsonCharacters} characters";
            return false;
        }
        if (!TryParse(json, out JsonDocument? document, out reason))
        {
            return false;
        }
        using (document)
        {
            return TryEncode(document.RootElement, key, keyId, out frame, out reason);
        }
    }

    private static bool TryParse(string json, [NotNullWhen(true)] out JsonDocument? document, out string reason)
    {
        reason = "";
        try
        {
            document = JsonDocument.Parse(json, Options);
            return true;
        }
        catch (JsonException error)
        {
            // The parser gives no place for a name that appears twice.
            reason = error.LineNumber is null
                ? "a field is given twice"
                : $"not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}";
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // Half a surrogate pair, as it is or escaped in a name.
            reason = "not JSON: invalid text";
        }
        document = null;
        return false;
    }

    private static bool TryEncode(JsonElement line, ReadOnlySpan<byte> key, byte keyId, out byte[] frame, out string reason)
    {
        Complaint complaint = new();
        frame = [];
        if (!TryKind(line, out DeviceKind kind, out reason))
        {
            return false;
        }
        JsonFields fields = new(line.GetProperty("fields"), "fields", complaint);
        EnvelopeHeader header = EnvelopeFields.Read(fields, kind, keyId);
        Span<byte> payload = stackalloc byte[BaseStationCodec.MaxPayloadLength];
        int length = ReadPayload(kind, fields, complaint, payload);
        fields.RefuseOthers();
        if (complaint.Reason is not null)
        {
            reason = complaint.Reason;
            return false;
        }
        using FrameKey signer = new(key);
        frame = new byte[EnvelopeCodec.OverheadLength + length];
        EnvelopeCodec.Write(header, payload[..length], signer, frame);
        return true;
    }

    private static bool TryKind(JsonElement line, out DeviceKind kind, out string reason)
    {
        kind = default;
        reason = line switch
        {
            { ValueKind: not JsonValueKind.Object } => "the line must be a JSON object",
            _ when line.TryGetProperty("ok", out JsonElement ok) && ok.ValueKind != JsonValueKind.True => "ok is not true: a refusal can't be encoded",
            _ when line.TryGetProperty("protocol", out JsonElement protocol) && !Is(protocol, "native") => "protocol must be native",
            _ when !line.TryGetProperty("fields", out JsonElement fields) || fields.ValueKind != JsonValueKind.Object => "fields must be an object",
            _ => "",
        };
        if (reason.Length != 0)
        {
            return false;
        }
        if (line.TryGetProperty("message", out JsonElement message))
        {
            foreach (DeviceKind candidate in DeviceKinds.All)
            {
                if (Is(message, DeviceKinds.Name(candidate)))
                {
                    kind = candidate;
                    return true;
                }
            }
        }
        reason = "message must be ear-tag, base-station, tmr-feeder, warehouse-scale or gps-node";
        return false;
    }

    private static bool Is(JsonElement element, string text) => element.ValueKind == JsonValueKind.String && element.ValueEquals(text);

    private static int ReadPayload(DeviceKind kind, JsonFields fields, Complaint complaint, Span<byte> payload)
    {
        switch (kind)
        {
            case DeviceKind.EarTag:
                TagReading reading = TagReadingFields.Read(fields);
                return complaint.Reason is null ? EarTagCodec.Write(reading, payload) : 0;
            case DeviceKind.BaseStation: return BaseStationFields.Read(fields, complaint, payload);
            case DeviceKind.TmrFeeder: return TmrFeederFields.Read(fields, complaint, payload);
            case DeviceKind.WarehouseScale: return WarehouseScaleFields.Read(fields, complaint, payload);
            default: return GpsNodeFields.Read(fields, complaint, payload);
        }
    }
}
