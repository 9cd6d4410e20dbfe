using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.Tests.FirmwareProtocols.BaseStation;

internal static class Reading
{
    /// <summary>Reads and verifies a frame as the gateway and a site do, touching every observation.</summary>
    public static ulong Sum(byte[] frame, FrameKey key)
    {
        ulong sum = 0;
        if (EnvelopeCodec.TryRead(frame, out _, out _)
            && key.Verifies(frame)
            && BaseStationCodec.TryRead(EnvelopeCodec.Payload(frame), out InventoryRound round, out _))
        {
            foreach (TagObservation observation in round)
            {
                sum += observation.Tag.Value + observation.Reading.ActivityCount;
            }
        }
        return sum;
    }
}
