using System.Globalization;
using System.Text.Json;
using Earmark.FirmwareProtocols.Json;

namespace Earmark.FirmwareProtocols.TmrFeeder;

/// <summary>
/// Events in a decoded line: <c>events: [{type: load|delivery, timeOffsetSeconds, ingredient | ration and pen, weightKilograms, eventFlags}]</c>;
/// a weight is the exact text of its kilograms.
/// </summary>
internal static class TmrFeederFields
{
    private static readonly FlagNames Flags = new("manual");

    public static void Write(Utf8JsonWriter json, FeedEvents events)
    {
        json.WriteStartArray("events");
        foreach (FeedEvent happened in events)
        {
            json.WriteStartObject();
            bool load = happened.Type == FeedEventType.Load;
            json.WriteString("type", load ? "load" : "delivery");
            json.WriteNumber("timeOffsetSeconds", happened.TimeOffsetSeconds);
            json.WriteString(load ? "ingredient" : "ration", happened.Code.ToString());
            if (!load)
            {
                json.WriteString("pen", happened.Pen.ToString());
            }
            json.WriteString("weightKilograms", (happened.WeightGrams * 0.001m).ToString(CultureInfo.InvariantCulture));
            Flags.Write(json, "eventFlags", (byte)happened.Flags);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Gives the payload's length; meaningless after a complaint.</summary>
    public static int Read(JsonFields fields, Complaint complaint, Span<byte> payload)
    {
        List<FeedEvent> events = [];
        foreach (JsonFields item in fields.Objects("events", 1, TmrFeederCodec.MaxEvents))
        {
            string? type = item.Text("type");
            if (type is not ("load" or "delivery"))
            {
                item.Complain("type", "must be load or delivery");
            }
            bool load = type == "load";
            events.Add(new FeedEvent(
                load ? FeedEventType.Load : FeedEventType.Delivery,
                (FeedEventFlags)Flags.Read(item, "eventFlags"),
                (int)item.Integer("timeOffsetSeconds", TmrFeederCodec.MinTimeOffsetSeconds, 0),
                Code(item, load ? "ingredient" : "ration"),
                load ? default : Code(item, "pen"),
                (int)(item.Scaled("weightKilograms", 3, 1, TmrFeederCodec.MaxWeightGrams) ?? 1)));
            item.RefuseOthers();
        }
        return complaint.Reason is null ? TmrFeederCodec.Write([.. events], payload) : 0;
    }

    private static FeedCode Code(JsonFields item, string field)
    {
        if (!FeedCode.TryParse(item.Text(field), out FeedCode code) || code.IsEmpty)
        {
            item.Complain(field, $"must be 1–{FeedCode.MaxLength} characters of A–Z, a–z, 0–9, '.', '_' and '-'");
        }
        return code;
    }
}
