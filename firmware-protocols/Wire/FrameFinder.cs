namespace Earmark.FirmwareProtocols.Wire;

/// <summary>Finds the next frame of one protocol in a stream. Stateless and total: any bytes give an answer.</summary>
public abstract class FrameFinder
{
    /// <summary>Bytes a frame can have at most on the wire; what is longer is dropped.</summary>
    public abstract int LongestFrame { get; }

    /// <param name="stream">At least one byte, at most twice <see cref="LongestFrame"/>.</param>
    /// <param name="ended">No more bytes will come: a frame that lacks only its terminator may be taken.</param>
    public abstract Cut Find(ReadOnlySpan<byte> stream, bool ended);
}
