using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.IcarAde;

/// <summary>Writes a resource in ICAR's own names, for export.</summary>
public static class IcarWriter
{
    public static void Write(Utf8JsonWriter json, IcarResource resource)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        switch (resource)
        {
            case IcarWeightEvent weight: Write(json, weight); break;
            case IcarFeedIntakeEvent intake: Write(json, intake); break;
            case IcarRation ration: Write(json, ration); break;
            default: throw new ArgumentException("Not a resource of this version.", nameof(resource));
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IcarWeightEvent weight)
    {
        WriteEvent(json, "icarWeightEventResource", weight, weight.Animal, "eventDateTime", weight.At);
        json.WriteStartObject("weight");
        json.WriteNumber("measurement", weight.Weight.Value);
        json.WriteString("units", weight.Weight.UnitCode);
        json.WriteString("method", weight.Method);
        if (weight.Resolution is { } resolution)
        {
            json.WriteNumber("resolution", resolution);
        }
        json.WriteEndObject();
        WriteDevice(json, weight.DeviceId);
    }

    private static void Write(Utf8JsonWriter json, IcarFeedIntakeEvent intake)
    {
        WriteEvent(json, "icarFeedIntakeEventResource", intake, intake.Animal, "feedingStartingDateTime", intake.StartedAt);
        WriteQuantity(json, "feedVisitDuration", intake.Duration);
        json.WriteStartArray("consumedFeed");
        foreach (IcarConsumedFeed feed in intake.Feeds)
        {
            json.WriteStartObject();
            WriteIdentifier(json, "feedId", feed.Feed);
            if (feed.Consumed is { } consumed)
            {
                WriteQuantity(json, "feedConsumption", consumed);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteDevice(json, intake.DeviceId);
    }

    private static void Write(Utf8JsonWriter json, IcarRation ration)
    {
        json.WriteString("resourceType", "icarRationResource");
        json.WriteString("id", ration.Id);
        if (ration.Name is not null)
        {
            json.WriteString("name", ration.Name);
        }
        json.WriteStartArray("feeds");
        foreach (IcarRationFeed feed in ration.Feeds)
        {
            json.WriteStartObject();
            WriteIdentifier(json, "feedId", feed.Feed);
            json.WriteNumber("percentage", feed.Percentage);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteEvent(Utf8JsonWriter json, string type, IcarResource resource, IcarIdentifier animal, string timeField, DateTimeOffset time)
    {
        json.WriteString("resourceType", type);
        if (resource.Id is not null)
        {
            json.WriteString("id", resource.Id);
        }
        WriteIdentifier(json, "animal", animal);
        json.WriteTimeOrNull(timeField, time);
    }

    private static void WriteIdentifier(Utf8JsonWriter json, string field, IcarIdentifier identifier)
    {
        json.WriteStartObject(field);
        json.WriteString("id", identifier.Id);
        json.WriteString("scheme", identifier.Scheme);
        json.WriteEndObject();
    }

    private static void WriteQuantity(Utf8JsonWriter json, string field, IcarQuantity quantity)
    {
        json.WriteStartObject(field);
        json.WriteString("unitCode", quantity.UnitCode);
        json.WriteNumber("value", quantity.Value);
        json.WriteEndObject();
    }

    private static void WriteDevice(Utf8JsonWriter json, string? id)
    {
        if (id is not null)
        {
            json.WriteStartObject("device");
            json.WriteString("id", id);
            json.WriteEndObject();
        }
    }
}
