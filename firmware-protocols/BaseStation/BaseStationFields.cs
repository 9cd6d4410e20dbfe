using System.Text.Json;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Json;

namespace Earmark.FirmwareProtocols.BaseStation;

/// <summary>A round in a decoded line: <c>roundNumber, durationSeconds, observations: [{tag, …reading}]</c>; a tag is the text of its 15 digits.</summary>
internal static class BaseStationFields
{
    public static void Write(Utf8JsonWriter json, InventoryRound round)
    {
        json.WriteNumber("roundNumber", round.RoundNumber);
        json.WriteNumber("durationSeconds", round.DurationSeconds);
        json.WriteStartArray("observations");
        foreach (TagObservation observation in round)
        {
            json.WriteStartObject();
            json.WriteString("tag", observation.Tag.ToString());
            TagReadingFields.Write(json, observation.Reading);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Gives the payload's length; meaningless after a complaint.</summary>
    public static int Read(JsonFields fields, Complaint complaint, Span<byte> payload)
    {
        long round = fields.Integer("roundNumber", 0, uint.MaxValue);
        long duration = fields.Integer("durationSeconds", 1, BaseStationCodec.MaxDurationSeconds);
        List<TagObservation> observations = [];
        foreach (JsonFields item in fields.Objects("observations", 0, BaseStationCodec.MaxObservations))
        {
            if (!TagNumber.TryParse(item.Text("tag"), out TagNumber tag))
            {
                item.Complain("tag", "must be a 15-digit tag number (country 001–999, national number at most 274877906943)");
            }
            observations.Add(new TagObservation(tag, TagReadingFields.Read(item)));
            item.RefuseOthers();
        }
        return complaint.Reason is null
            ? BaseStationCodec.Write((uint)round, (int)duration, [.. observations], payload)
            : 0;
    }
}
