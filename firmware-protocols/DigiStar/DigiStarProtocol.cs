using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.DigiStar;

/// <summary><c>digi-star</c>: indicators of feed mixers, EZ II and EZ III. Source: Digi-Star, EZII Escape Computer Command Set, D3648 rev. G.</summary>
public sealed class DigiStarProtocol : Protocol<DigiStarMessage>
{
    public override string Name => "digi-star";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => DigiStarFinder.Instance;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out DigiStarMessage message, out Refusal refusal)
    {
        DigiStarMessage? read = DigiStarReader.Read(item.TrimEnd("\r\n"u8), out refusal);
        message = read!;
        refusal = read is null ? refusal : default;
        return read is not null;
    }

    public override void Write(DigiStarMessage message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        output.WriteAscii(message.Kind switch
        {
            DigiStarKind.Command => $"\u001b{message.Text}\u0004",
            DigiStarKind.Done => "\u0006",
            DigiStarKind.Refused => "\u0015",
            DigiStarKind.SerialGross => $"\u0002{message.Text}\u0003{DigiStarMessage.Checksum(message.Text)}\r",
            _ => message.Text + "\r\n",
        });
    }

    protected override string MessageName(DigiStarMessage message) => message.Kind switch
    {
        DigiStarKind.Command => "command",
        DigiStarKind.Done => "done",
        DigiStarKind.Refused => "refused",
        _ => ScaleNames.Of(message.Weight!.Event),
    };

    protected override void WriteFields(Utf8JsonWriter json, DigiStarMessage message, ProtocolSettings settings)
    {
        if (message.Kind == DigiStarKind.Command)
        {
            json.WriteString("command", message.Text);
        }
        if (message.Weight is not { } weight)
        {
            return;
        }
        json.WriteString("value", weight.Value is { } value ? ScaleNumber.Text(value) : null);
        json.WriteString("unit", weight.Unit);
        json.WriteString("stable", ScaleNames.Of(weight.Stable));
        json.WriteString("grossNet", ScaleNames.Of(weight.GrossNet));
        json.WriteString("tag", message.Tag);
        json.WriteBoolean("lockedOn", message.LockedOn);
        switch (message.Kind)
        {
            case DigiStarKind.Csv:
                json.WriteNumberOrNull("rotations", message.Rotations);
                break;
            case DigiStarKind.Animal:
                json.WriteString("eid", message.Eid);
                break;
            default: return;
        }
        json.WriteString("date", message.Date);
        json.WriteString("timeOfDay", message.TimeOfDay);
    }
}
