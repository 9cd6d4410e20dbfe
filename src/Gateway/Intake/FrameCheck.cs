using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Gateway.Directory;

namespace Earmark.Gateway.Intake;

/// <summary>Decoding to refuse: whether these bytes are a good frame of this device. Allocates nothing, keeps nothing.</summary>
internal static class FrameCheck
{
    private const int KindOffset = 3;
    private const int KeyIdOffset = 5;
    private const int DeviceOffset = 8;

    public static bool TryRead(KnownDevice device, ReadOnlySpan<byte> frame, out EnvelopeHeader header, out Refusal refusal)
    {
        if (!EnvelopeCodec.TryRead(frame, out header, out refusal))
        {
            return false;
        }
        refusal = header.Device != device.Name ? new(GatewayReasons.AnotherDevice, DeviceOffset)
            : header.Kind != device.Kind ? new(GatewayReasons.AnotherDevice, KindOffset)
            : device.Key(header.KeyId) is not { } key ? new(GatewayReasons.UnknownKey, KeyIdOffset)
            : !key.Verifies(frame) ? new(RefusalReasons.BadMac, frame.Length - EnvelopeCodec.MacLength)
            : default;
        return refusal.IsNone && NativeFrame.TryCheckPayload(header.Kind, EnvelopeCodec.Payload(frame), out refusal);
    }
}
