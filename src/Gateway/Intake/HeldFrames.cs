namespace Earmark.Gateway.Intake;

/// <summary>
/// How many frames the gateway holds over all its sites. Beyond the limit each site may hold only a few, so that lagging sites fill neither
/// the memory nor the places of those that keep up.
/// </summary>
internal sealed class HeldFrames
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public void Add(int frames) => Interlocked.Add(ref _count, frames);

    /// <summary>Frames one site may hold now.</summary>
    public int LimitOf(GatewayLimits limits) => Count < limits.FramesHeld ? limits.FramesPerInbox : Math.Min(limits.FramesPerInbox, limits.FramesPerInboxWhenCrowded);
}
