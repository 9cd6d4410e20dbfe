using Earmark.Contracts.Sites;
using Earmark.Gateway.Intake;
using Earmark.Gateway.Sessions;

namespace Earmark.Gateway.Broker;

/// <summary>One frame of the broker on its way to its site; whoever waits is told the outcome once.</summary>
internal sealed class BrokerArrival(DeviceSession session, byte[] bytes, Action<BrokerArrival, FrameOutcome> answered) : Arrival(session, bytes)
{
    internal override bool Waits => false;

    // In the outbox or not, it is worth recording: nobody's connection hangs on it.
    protected override bool IsAbandoned => false;

    protected override void Answer(FrameReceipt receipt) => answered(this, receipt.Outcome);
}
