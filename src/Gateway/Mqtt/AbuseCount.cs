namespace Earmark.Gateway.Mqtt;

/// <summary>Refused messages of one connection in the running minute. Used by one thread at a time.</summary>
internal sealed class AbuseCount
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private long? _since;
    private int _count;

    /// <summary>Counts one more; true when it is one too many.</summary>
    public bool Add(TimeProvider time, int limit)
    {
        if (_since is not { } since || time.GetElapsedTime(since) >= Window)
        {
            (_since, _count) = (time.GetTimestamp(), 0);
        }
        return ++_count > limit;
    }
}
