using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Epc;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Llrp;

/// <summary>A message in a decoded line. What is not taken apart stays as hex in <c>parameters</c>.</summary>
internal static class LlrpFields
{
    private static readonly string[] Attempts = ["success", "failed-reader-initiated-exists", "failed-client-initiated-exists", "failed", "another-connection-attempted"];

    public static void Write(Utf8JsonWriter json, LlrpMessage message)
    {
        json.WriteString("version", message.Version == 1 ? "1.0.1" : "1.1");
        json.WriteNumber("messageId", message.Id);
        if (message.Type is LlrpMessageType.DeleteRoSpec or LlrpMessageType.StartRoSpec or LlrpMessageType.StopRoSpec or LlrpMessageType.EnableRoSpec or LlrpMessageType.DisableRoSpec)
        {
            json.WriteNumber("roSpecId", BinaryPrimitives.ReadUInt32BigEndian(message.Fields.Span));
        }
        else if (!message.Fields.IsEmpty)
        {
            json.WriteHex("fieldsHex", message.Fields.Span);
        }
        if (message.Type == LlrpMessageType.RoAccessReport)
        {
            json.WriteStartArray("tags");
            foreach (LlrpTag? tag in message.Tags)
            {
                Write(json, tag!);
            }
            json.WriteEndArray();
        }
        json.WriteStartArray("parameters");
        foreach (LlrpParameter parameter in message.Parameters)
        {
            if (parameter.Type != LlrpTypes.TagReportData || message.Type != LlrpMessageType.RoAccessReport)
            {
                Write(json, parameter);
            }
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, LlrpTag tag)
    {
        json.WriteStartObject();
        json.WriteHex("epc", tag.Epc.Span);
        json.WriteNumber("epcBits", tag.EpcBits);
        json.WriteString("epcUri", tag.EpcBits == 8 * tag.Epc.Length && EpcCode.TryRead(tag.Epc.Span, out EpcCode? code, out _) ? code!.TagUri : null);
        json.WriteNumberOrNull("antenna", tag.Antenna);
        json.WriteNumberOrNull("rssiDbm", tag.RssiDbm);
        json.WriteTimeOrNull("firstSeen", tag.FirstSeen);
        json.WriteTimeOrNull("lastSeen", tag.LastSeen);
        json.WriteNumberOrNull("count", tag.Count);
        json.WriteNumberOrNull("channelIndex", tag.ChannelIndex);
        json.WriteNumberOrNull("roSpecId", tag.RoSpecId);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LlrpParameter parameter)
    {
        ReadOnlySpan<byte> value = parameter.Value.Span;
        json.WriteStartObject();
        json.WriteNumber("type", parameter.Type);
        switch (parameter.Type)
        {
            case LlrpTypes.LlrpStatus when value.Length >= 4:
                int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(value[2..]), value.Length - 4);
                json.WriteNumber("statusCode", BinaryPrimitives.ReadUInt16BigEndian(value));
                json.WriteString("description", System.Text.Encoding.UTF8.GetString(value.Slice(4, length)));
                break;
            case LlrpTypes.KeepaliveSpec when value.Length == 5:
                json.WriteNumber("keepaliveMilliseconds", value[0] == 1 ? BinaryPrimitives.ReadUInt32BigEndian(value[1..]) : 0);
                break;
            case LlrpTypes.RoSpec when value.Length >= 6:
                json.WriteNumber("roSpecId", BinaryPrimitives.ReadUInt32BigEndian(value));
                json.WriteHex("hex", value);
                break;
            case LlrpTypes.ReaderEventNotificationData when LlrpParameter.TryReadAll(parameter.Value, out List<LlrpParameter> events, out _):
                WriteEvents(json, events);
                break;
            default:
                json.WriteHex("hex", value);
                break;
        }
        json.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter json, List<LlrpParameter> events)
    {
        json.WriteTimeOrNull("time", events.Find(inside => inside.Type == LlrpTypes.UtcTimestamp && inside.Value.Length == 8) is { } stamp ? LlrpTag.Time(stamp.Value.Span) : null);
        json.WriteStartArray("events");
        foreach (LlrpParameter happened in events.Where(inside => inside.Type != LlrpTypes.UtcTimestamp))
        {
            ReadOnlySpan<byte> value = happened.Value.Span;
            json.WriteStartObject();
            json.WriteNumber("type", happened.Type);
            if (happened.Type == LlrpTypes.ConnectionAttemptEvent && value.Length == 2 && BinaryPrimitives.ReadUInt16BigEndian(value) is var status && status < Attempts.Length)
            {
                json.WriteString("connection", Attempts[status]);
            }
            else if (happened.Type == LlrpTypes.ConnectionCloseEvent)
            {
                json.WriteString("connection", "closed");
            }
            else if (happened.Type == LlrpTypes.AntennaEvent && value.Length == 3)
            {
                json.WriteString("antennaEvent", value[0] == 0 ? "disconnected" : "connected");
                json.WriteNumber("antenna", BinaryPrimitives.ReadUInt16BigEndian(value[1..]));
            }
            else
            {
                json.WriteHex("hex", value);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
