using Earmark.FirmwareProtocols.Weighing;

namespace Earmark.FirmwareProtocols.DigiStar;

public enum DigiStarKind : byte
{
    /// <summary>ESC, command, EOT: to the indicator.</summary>
    Command = 1,

    /// <summary>ACK: a command was done.</summary>
    Done,

    /// <summary>NAK: it was not.</summary>
    Refused,

    /// <summary>Twelve characters, the answer to <c>Gs02</c>.</summary>
    Weight,

    /// <summary>Comma-separated, once a second or so.</summary>
    Csv,

    /// <summary>An animal's transponder and its weight.</summary>
    Animal,

    /// <summary>STX, gross weight, checksum.</summary>
    SerialGross,
}

/// <summary>One message of a feed mixer's indicator.</summary>
/// <param name="Kind">Which of the forms.</param>
/// <param name="Text">What stands between the control characters, as it came.</param>
/// <param name="Weight">Null for commands and their answers.</param>
/// <param name="Tag">The indicator's weight tag: GR, NE, LU, SG and so on.</param>
/// <param name="LockedOn">The indicator has settled on a moving weight: the $ in the line.</param>
/// <param name="Eid">As the transponder's reader gave it.</param>
/// <param name="Rotations">Of the mixer.</param>
/// <param name="Date">As the indicator is set: not a date by itself.</param>
/// <param name="TimeOfDay">As the indicator is set.</param>
public sealed record DigiStarMessage(
    DigiStarKind Kind,
    string Text,
    ScaleMessage? Weight = null,
    string? Tag = null,
    bool LockedOn = false,
    string? Eid = null,
    int? Rotations = null,
    string? Date = null,
    string? TimeOfDay = null)
{
    /// <summary>Asks for the weight without advancing a recipe that is running.</summary>
    public static DigiStarMessage AskWeight { get; } = new(DigiStarKind.Command, "Gs02");

    /// <summary>The checksum character of the lines that have one: the XOR's low six bits as a printable character.</summary>
    public static char Checksum(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (char)((text.Aggregate(0, (xor, character) => xor ^ character) & 0x3F) | 0x40);
    }
}
