using Earmark.Contracts.Sites;
using Earmark.Gateway.Sessions;

namespace Earmark.Gateway.Intake;

/// <summary>
/// One frame between its door and its site's receipt. The door derives it to remember whom to answer; it is answered exactly once, on
/// whatever thread knows the answer.
/// </summary>
/// <param name="session">Who was authenticated.</param>
/// <param name="bytes">The frame as it came; kept, so it must not be changed afterwards.</param>
public abstract class Arrival(DeviceSession session, byte[] bytes)
{
    private int _answered;

    public DeviceSession Session { get; } = session;

    public byte[] Bytes { get; } = bytes;

    /// <summary>Domain time at which the gateway first had it; null for now.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    internal Frame Frame { get; private set; }

    /// <summary>When it was sent from the device's memory rather than live.</summary>
    internal bool IsBacklog { get; private set; }

    /// <summary>Timestamp at which it is answered <c>NotRecorded</c> if its site is still silent.</summary>
    internal long Deadline { get; private set; }

    /// <summary>Whether somebody waits for the receipt. When nobody does, recording it is still right: a repetition is a duplicate.</summary>
    internal bool IsAwaited => Volatile.Read(ref _answered) == 0 && !IsAbandoned;

    /// <summary>Whether its door waits for a site that is away or has no room; else it is answered <c>NotRecorded</c> at once.</summary>
    internal virtual bool Waits => true;

    /// <summary>Its connection is gone.</summary>
    protected abstract bool IsAbandoned { get; }

    /// <summary>Tells the device what can be told now. Follows the answers of a whole batch, so that they leave together.</summary>
    public virtual void Tell()
    {
    }

    internal void Enter(in Frame frame, bool isBacklog, long deadline) =>
        (Frame, IsBacklog, Deadline) = (frame, isBacklog, deadline);

    /// <summary>False when it has been answered before.</summary>
    internal bool TryAnswer(FrameReceipt receipt)
    {
        if (Interlocked.Exchange(ref _answered, 1) != 0)
        {
            return false;
        }
        Answer(receipt);
        return true;
    }

    /// <summary>Takes note of the receipt; neither waits nor throws.</summary>
    protected abstract void Answer(FrameReceipt receipt);
}
