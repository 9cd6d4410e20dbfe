using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.IcarAde;

/// <summary><c>icar-ade</c>: weights, feed intake and rations as farm systems exchange them, one JSON object a line.</summary>
public sealed class IcarProtocol : Protocol<IcarResource>
{
    private const int LongestLine = 8_192;
    private static readonly LineFinder Lines = new(
        LongestLine,
        line => IsObject(line) && IcarReader.Read(line, out _) is not null,
        (noise, rest) => noise is < (byte)' ' or > (byte)'~' && IsObject(rest) && IcarReader.Read(rest, out _) is not null);

    public override string Name => "icar-ade";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => Lines;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out IcarResource message, out Refusal refusal)
    {
        IcarResource? read = IcarReader.Read(item.Trim(" \t\r\n"u8), out refusal);
        message = read!;
        return read is not null;
    }

    public override void Write(IcarResource message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        using Utf8JsonWriter json = new(output, Options);
        IcarWriter.Write(json, message);
    }

    protected override string MessageName(IcarResource message) => message switch
    {
        IcarWeightEvent => "weight",
        IcarFeedIntakeEvent => "feed-intake",
        _ => "ration",
    };

    protected override void WriteFields(Utf8JsonWriter json, IcarResource message, ProtocolSettings settings)
    {
        json.WriteString("id", message.Id);
        switch (message)
        {
            case IcarWeightEvent weight:
                WriteAnimal(json, weight.Animal, "time", weight.At, weight.DeviceId);
                WriteQuantity(json, weight.Weight);
                json.WriteString("method", weight.Method);
                json.WriteString("resolution", weight.Resolution is { } step ? ScaleNumber.Text(step) : null);
                break;
            case IcarFeedIntakeEvent intake:
                WriteAnimal(json, intake.Animal, "startedAt", intake.StartedAt, intake.DeviceId);
                json.WriteNumber("durationSeconds", intake.Duration.Value * (intake.Duration.UnitCode == "MIN" ? 60 : 1));
                json.WriteStartArray("feeds");
                foreach (IcarConsumedFeed feed in intake.Feeds)
                {
                    json.WriteStartObject();
                    json.WriteString("feed", feed.Feed.Id);
                    json.WriteString("scheme", feed.Feed.Scheme);
                    WriteQuantity(json, feed.Consumed);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                break;
            case IcarRation ration:
                json.WriteString("name", ration.Name);
                json.WriteStartArray("feeds");
                foreach (IcarRationFeed feed in ration.Feeds)
                {
                    json.WriteStartObject();
                    json.WriteString("feed", feed.Feed.Id);
                    json.WriteString("scheme", feed.Feed.Scheme);
                    json.WriteNumber("percent", feed.Percentage);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                break;
            default: break;
        }
    }

    private static bool IsObject(ReadOnlySpan<byte> line) => line.Length > 1 && line[0] == (byte)'{' && line[^1] == (byte)'}';

    private static void WriteAnimal(Utf8JsonWriter json, IcarIdentifier animal, string timeField, DateTimeOffset time, string? device)
    {
        json.WriteString("animal", animal.Id);
        json.WriteString("scheme", animal.Scheme);
        json.WriteTimeOrNull(timeField, time);
        json.WriteString("device", device);
    }

    private static void WriteQuantity(Utf8JsonWriter json, IcarQuantity? quantity)
    {
        json.WriteString("value", quantity is null ? null : ScaleNumber.Text(quantity.Value));
        json.WriteString("unit", quantity?.UnitCode switch { "KGM" => "kg", "GRM" => "g", "LBR" => "lb", "TNE" => "t", "MGM" => "mg", "ONZ" => "oz", _ => null });
    }
}
