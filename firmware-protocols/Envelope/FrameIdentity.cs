namespace Earmark.FirmwareProtocols.Envelope;

/// <summary>What makes a frame the same frame when it is sent again, per device: its boot counter and its sequence number, both from 1.</summary>
public readonly record struct FrameIdentity(uint Boot, uint Sequence)
{
    /// <summary>Boot in the high half, so that a plain comparison orders frames as the device made them.</summary>
    public ulong Ordinal => ((ulong)Boot << 32) | Sequence;
}
