namespace Earmark.Bench.Load;

/// <summary>What came back, counted by all connections at once.</summary>
internal sealed class LoadTally
{
    private const int BucketMicroseconds = 50;
    private const int Buckets = 200_000;

    private readonly int[] latencies = new int[Buckets];
    private long acknowledged;
    private long refused;
    private long skipped;
    private int exhausted;
    private int broken;

    public int Exhausted => Volatile.Read(ref exhausted);

    public void Add(bool failed, TimeSpan latency)
    {
        Interlocked.Increment(ref failed ? ref refused : ref acknowledged);
        Interlocked.Increment(ref latencies[Math.Min(Buckets - 1, (int)(latency.TotalMicroseconds / BucketMicroseconds))]);
    }

    public void Skip() => Interlocked.Increment(ref skipped);

    public void Exhaust() => Interlocked.Increment(ref exhausted);

    public void Break() => Interlocked.Increment(ref broken);

    /// <summary>Latencies are those since the last call.</summary>
    public LoadCount Count()
    {
        var counts = latencies.Select((_, bucket) => Interlocked.Exchange(ref latencies[bucket], 0)).ToArray();
        var total = counts.Sum(count => (long)count);
        return new LoadCount(
            Interlocked.Read(ref acknowledged), Interlocked.Read(ref refused), Interlocked.Read(ref skipped), exhausted, broken,
            At(counts, total / 2), At(counts, total - (total / 100) - 1));
    }

    private static double At(int[] counts, long rank)
    {
        for (var (bucket, seen) = (0, 0L); bucket < counts.Length; bucket++)
        {
            seen += counts[bucket];
            if (seen > rank)
            {
                return (bucket + 1) * BucketMicroseconds / 1_000d;
            }
        }

        return 0;
    }
}
