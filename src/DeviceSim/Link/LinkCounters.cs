namespace Earmark.DeviceSim.Link;

/// <summary>Sums over all links since the start of this run; read from any thread.</summary>
public sealed class LinkCounters
{
    private long _made;
    private long _acknowledged;
    private long _refused;
    private long _dropped;
    private long _resent;
    private long _connections;
    private int _online;

    public long Made => Interlocked.Read(ref _made);

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Answered with an error reason; not sent again.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Given up at the limit of unsent frames.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Put back because no answer came.</summary>
    public long Resent => Interlocked.Read(ref _resent);

    public long Connections => Interlocked.Read(ref _connections);

    public int Online => Volatile.Read(ref _online);

    internal void CountMade(int frames) => Interlocked.Add(ref _made, frames);

    internal void CountAcknowledged() => Interlocked.Increment(ref _acknowledged);

    internal void CountRefused() => Interlocked.Increment(ref _refused);

    internal void CountDropped() => Interlocked.Increment(ref _dropped);

    internal void CountResent() => Interlocked.Increment(ref _resent);

    internal void CountOnline()
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Increment(ref _online);
    }

    internal void CountOffline() => Interlocked.Decrement(ref _online);
}
