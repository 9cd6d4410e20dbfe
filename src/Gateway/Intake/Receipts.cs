using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Gateway.Refusals;
using Earmark.Gateway.Sessions;

namespace Earmark.Gateway.Intake;

/// <summary>Where each frame's receipt passes on its way back: it is counted, a refusal is kept, and the device's door is answered.</summary>
public sealed class Receipts(RefusalLog refusals, ConnectionNews news, GatewayOptions options, GatewayMeters meters)
{
    internal static readonly FrameReceipt NotRecorded = new(FrameOutcome.NotRecorded, GatewayReasons.NotRecorded, 0);

    internal void Hand(Arrival arrival, FrameReceipt receipt)
    {
        if (!arrival.TryAnswer(receipt))
        {
            return;
        }
        meters.Frame(receipt.Outcome);
        if (receipt.Outcome == FrameOutcome.Refused)
        {
            refusals.Add(arrival.Session.Device.Id, receipt.Reason ?? "refused-by-site", 0, arrival.Bytes);
        }
        else if (arrival.Session.Heard(arrival.IsBacklog, options.Time, out var buffering))
        {
            news.Tell(
                arrival.Session, buffering ? ConnectionState.Buffering : ConnectionState.Online, buffering ? "sends what it kept" : "backlog sent");
        }
    }

    /// <summary>Refuses what is no good frame of its device; no site has seen it.</summary>
    internal void Refuse(Arrival arrival, string reason, int offset)
    {
        if (arrival.TryAnswer(new FrameReceipt(FrameOutcome.Refused, reason, 0)))
        {
            refusals.Add(arrival.Session.Device.Id, reason, offset, arrival.Bytes);
        }
    }
}
