using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Weighing;

/// <summary>
/// A scale in a decoded line: <c>value</c> (a decimal as text, as displayed), <c>unit, stable (yes, no, derived, unknown), grossNet</c>; <c>tare</c> and <c>note</c>
/// where the line has them. The message is <c>weight</c> or the event.
/// </summary>
public abstract class ScaleProtocol : Protocol<ScaleMessage>
{
    protected override string MessageName(ScaleMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return ScaleNames.Of(message.Event);
    }

    protected override void WriteFields(Utf8JsonWriter json, ScaleMessage message, ProtocolSettings settings)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(message);
        json.WriteString("value", message.Value is { } value ? ScaleNumber.Text(value) : null);
        json.WriteString("unit", message.Unit);
        json.WriteString("stable", ScaleNames.Of(message.Stable));
        json.WriteString("grossNet", ScaleNames.Of(message.GrossNet));
        if (message.Tare is { } tare)
        {
            json.WriteString("tare", ScaleNumber.Text(tare));
        }
        if (message.Note is { } note)
        {
            json.WriteString("note", note);
        }
    }

    /// <summary>A message or none; the refusal says why not.</summary>
    protected static bool Give(ScaleMessage? read, Refusal why, out ScaleMessage message, out Refusal refusal)
    {
        message = read!;
        refusal = read is null ? why : default;
        return read is not null;
    }

    /// <summary>Without the line end, which a stream has and a pasted line may not.</summary>
    protected static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> item) => item.TrimEnd("\r\n"u8);
}
