using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.FirmwareProtocols.WarehouseScale;

namespace Earmark.FirmwareProtocols;

/// <summary>Reading a native frame whole: what a gateway asks before it keeps one.</summary>
public static class NativeFrame
{
    /// <summary>
    /// Envelope, then the MAC if a key is given, then the payload: of a frame that is not from its device, no field is worth a word.
    /// Never throws, allocates nothing.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, FrameKey? key, out EnvelopeHeader header, out Refusal refusal)
    {
        if (EnvelopeCodec.TryRead(frame, out header, out refusal))
        {
            if (key is not null && !key.Verifies(frame))
            {
                refusal = new Refusal(RefusalReasons.BadMac, frame.Length - EnvelopeCodec.MacLength);
            }
            else if (TryCheckPayload(header.Kind, EnvelopeCodec.Payload(frame), out refusal))
            {
                return true;
            }
        }
        header = default;
        return false;
    }

    /// <summary>The payload alone; offsets of a refusal count from the frame's first byte.</summary>
    public static bool TryCheckPayload(DeviceKind kind, ReadOnlySpan<byte> payload, out Refusal refusal)
    {
        switch (kind)
        {
            case DeviceKind.EarTag: return EarTagCodec.TryRead(payload, out _, out refusal);
            case DeviceKind.BaseStation: return BaseStationCodec.TryRead(payload, out _, out refusal);
            case DeviceKind.TmrFeeder: return TmrFeederCodec.TryRead(payload, out _, out refusal);
            case DeviceKind.WarehouseScale: return WarehouseScaleCodec.TryRead(payload, out _, out refusal);
            case DeviceKind.GpsNode: return GpsNodeCodec.TryRead(payload, out _, out refusal);
            default:
                refusal = new Refusal(RefusalReasons.UnknownKind, 3);
                return false;
        }
    }
}
