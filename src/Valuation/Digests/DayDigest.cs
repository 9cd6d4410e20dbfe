using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Earmark.Valuation;

/// <summary>
/// The last three days of one asset by event time: twelve buckets of six hours, 100 bytes, unmanaged, so that a column of them is memory and a snapshot.
/// Merging is commutative: counts and sums saturate, motionless time is a maximum, and a bucket belongs to an absolute number of six-hour spans since
/// 1970; so any order of the same readings ends in the same bytes. What is older than the window is refused and goes to History only.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct DayDigest
{
    public const int BucketCount = 12;

    public const int BucketSeconds = 6 * 3_600;

    private const long LastUnixSecond = 253_402_300_799;

    private int newest;
    private Buckets buckets;

    /// <summary>Number of the newest bucket (event time ÷ six hours); 0 when nothing was merged.</summary>
    public readonly int NewestBucket => newest;

    public static int BucketOf(long unixSeconds) => checked((int)(unixSeconds / BucketSeconds));

    /// <summary>Takes a reading into the bucket of its event time; false when that is three days or more behind the newest, or not of the years 1970 to 9999.</summary>
    /// <remarks>A time in the future must be kept out by the caller: it would roll the window past everything true.</remarks>
    public bool Merge(long eventUnixSeconds, in DigestReading reading)
    {
        if (eventUnixSeconds is < 0 or > LastUnixSecond)
        {
            return false;
        }

        var bucket = BucketOf(eventUnixSeconds);
        if (bucket <= newest - BucketCount)
        {
            return false;
        }

        RollTo(bucket);
        ref var packed = ref buckets[bucket % BucketCount];
        packed = PackedBucket.Merge(packed, reading);
        return true;
    }

    /// <summary>What was heard in a bucket; empty for one outside the window.</summary>
    public readonly DigestSummary Read(int bucket) =>
        bucket <= newest && bucket > newest - BucketCount && bucket >= 0
            ? PackedBucket.Read(buckets[bucket % BucketCount])
            : default;

    private void RollTo(int bucket)
    {
        var first = Math.Max(newest + 1, bucket - BucketCount + 1);
        for (var number = first; number <= bucket; number++)
        {
            buckets[number % BucketCount] = 0;
        }

        newest = Math.Max(newest, bucket);
    }

    [InlineArray(BucketCount)]
    private struct Buckets
    {
        private ulong first;
    }
}
