using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.DeviceSim.Link;

/// <summary>A frame in the outbox: where its bytes lie, not the bytes, so that a long backlog costs little memory.</summary>
/// <param name="Backlog">Made while the uplink was down.</param>
public sealed record StoredFrame(OutboxSegment Segment, long Offset, int Length, DeviceName Device, FrameIdentity Identity, bool Backlog)
{
    /// <summary>The bytes as they were made.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public byte[] ReadBytes() => Segment.Read(Offset, Length);
}
