namespace Earmark.FirmwareProtocols;

/// <summary>
/// Why a frame was refused. <see cref="Reason"/> is one of <see cref="RefusalReasons"/>, stable, for counting and for the device maker;
/// <see cref="Offset"/> is where in the frame the offending field starts, in bytes from the frame's first byte.
/// </summary>
public readonly record struct Refusal
{
    private readonly string? _reason;

    public Refusal(string reason, int offset)
    {
        _reason = reason;
        Offset = offset;
    }

    public string Reason => _reason ?? "";
    public int Offset { get; }

    /// <summary>True for <c>default</c>: nothing was refused.</summary>
    public bool IsNone => _reason is null;

    public override string ToString() => IsNone ? "none" : $"{Reason} at byte {Offset}";
}
