namespace Earmark.FirmwareProtocols.Wire;

/// <summary>What a <see cref="FrameFinder"/> saw at the front of a stream.</summary>
/// <param name="Skip">Bytes in front that belong to no frame; counted as dropped.</param>
/// <param name="Length">The frame after them, or 0 when there is none yet.</param>
/// <param name="Taken">Bytes to move on after <paramref name="Skip"/>: fewer than the length where two frames share a delimiter, more where a separator follows.</param>
public readonly record struct Cut(int Skip, int Length, int Taken)
{
    /// <summary>Nothing can be said before more bytes come.</summary>
    public static Cut More => default;

    public static Cut Garbage(int bytes) => new(bytes, 0, 0);

    /// <summary>Bytes between frames that are no loss, such as an empty line.</summary>
    public static Cut Pass(int bytes) => new(0, 0, bytes);

    public static Cut Frame(int length) => new(0, length, length);
}
