namespace Earmark.Gateway.Mqtt;

/// <summary>Refused messages of one connection in the running minute. Safe for threads.</summary>
internal sealed class AbuseCount
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _turn = new();
    private long? _since;
    private int _count;

    /// <summary>Counts one more; true when it is one too many.</summary>
    public bool Add(TimeProvider time, int limit)
    {
        lock (_turn)
        {
            if (_since is not { } since || time.GetElapsedTime(since) >= Window)
            {
                (_since, _count) = (time.GetTimestamp(), 0);
            }
            return ++_count > limit;
        }
    }
}
