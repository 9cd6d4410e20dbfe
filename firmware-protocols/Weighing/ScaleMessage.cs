namespace Earmark.FirmwareProtocols.Weighing;

/// <summary>What a scale told. Only <see cref="Weight"/> and <see cref="Count"/> have a value: no other event is ever 0.</summary>
public enum ScaleEvent : byte
{
    Weight = 1,
    Overload,
    Underload,

    /// <summary>The display showed nothing.</summary>
    Blank,

    /// <summary>The scale says that what it shows does not count.</summary>
    Invalid,

    /// <summary>The scale could not answer now.</summary>
    NotReady,

    /// <summary>The scale did not understand.</summary>
    Error,

    /// <summary>The scale introduces itself.</summary>
    Identity,

    /// <summary>Pieces, not weight.</summary>
    Count,

    /// <summary>What is asked of a scale.</summary>
    Question,
}

/// <summary>Whether the weight stood still.</summary>
public enum Stability : byte
{
    /// <summary>The line does not say.</summary>
    Unknown = 0,
    Yes,
    No,

    /// <summary>The line does not say; the same value came several times (<see cref="SamenessRule"/>).</summary>
    Derived,
}

public enum GrossNet : byte
{
    Unknown = 0,
    Gross,
    Net,
    Tare,
}

/// <summary>One line or frame of a scale.</summary>
/// <param name="Event">A weight, or why there is none.</param>
/// <param name="Value">Exactly as displayed, trailing zeros kept; null without one.</param>
/// <param name="Unit">Symbol of <see cref="ScaleUnits"/>; null when there is none to name.</param>
/// <param name="Stable">As the line says.</param>
/// <param name="GrossNet">As the line says.</param>
/// <param name="Tare">Where the line carries it beside the weight, in the same unit.</param>
/// <param name="Note">A serial number, an error's name, an address: what the protocol's <c>spec.md</c> names.</param>
public sealed record ScaleMessage(
    ScaleEvent Event, decimal? Value, string? Unit, Stability Stable, GrossNet GrossNet, decimal? Tare = null, string? Note = null)
{
    public static ScaleMessage Of(ScaleEvent happened, string? unit = null, GrossNet grossNet = GrossNet.Unknown, string? note = null) =>
        new(happened, null, unit, Stability.Unknown, grossNet, null, note);
}
