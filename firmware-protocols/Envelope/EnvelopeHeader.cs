namespace Earmark.FirmwareProtocols.Envelope;

/// <summary>The 40 bytes before the payload, without magic, version and length.</summary>
/// <param name="Kind">Which payload follows.</param>
/// <param name="Device">The sender.</param>
/// <param name="Boot">Power-ups of the device, from 1, never decreasing.</param>
/// <param name="Sequence">Frames since this boot, from 1.</param>
/// <param name="TimeUnixMilliseconds">The device's own clock, UTC; 0 up to <see cref="EnvelopeCodec.MaxTimeUnixMilliseconds"/>.</param>
/// <param name="Flags">See <see cref="FrameFlags"/>.</param>
/// <param name="KeyId">Which of the device's frame keys signed it.</param>
public readonly record struct EnvelopeHeader(
    DeviceKind Kind, DeviceName Device, uint Boot, uint Sequence, long TimeUnixMilliseconds, FrameFlags Flags, byte KeyId)
{
    public FrameIdentity Identity => new(Boot, Sequence);
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(TimeUnixMilliseconds);
}
