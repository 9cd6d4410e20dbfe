namespace Earmark.Valuation;

/// <summary>What is usual for an animal, read from its digest. Costs a dozen bucket reads; it changes with a bucket, not with a reading.</summary>
public readonly record struct DigestSigns(int UsualTemperatureCentiCelsius, int ActivityMillionthsOfUsual)
{
    /// <summary>Fewer hearings with a temperature than this make no usual.</summary>
    public const int FewestTemperatures = 10;

    /// <summary>A bucket with fewer hearings says nothing about activity; a day with such a bucket is not compared.</summary>
    public const int FewestHearings = 4;

    /// <summary>The newest two buckets are left out of the usual temperature: they may already hold what is to be found.</summary>
    private const int BucketsHeldBack = 2;

    private const int BucketsPerDay = 4;

    /// <summary>
    /// Usual temperature: the mean of the buckets before the newest two. Activity: the last four finished buckets over the four before, so that
    /// day is held against day. <see cref="HealthSigns.Unknown"/> where too little was heard.
    /// </summary>
    /// <param name="nowUnixSeconds">Decides which bucket is unfinished.</param>
    public static DigestSigns Of(in DayDigest digest, long nowUnixSeconds)
    {
        var current = DayDigest.BucketOf(nowUnixSeconds);
        var usual = default(DigestSummary);
        for (var back = BucketsHeldBack; back < DayDigest.BucketCount; back++)
        {
            usual = usual.With(digest.Read(current - back));
        }

        var temperature = usual.TemperatureCount >= FewestTemperatures ? usual.MeanTemperatureCentiCelsius : null;
        return new DigestSigns(temperature ?? HealthSigns.Unknown, ActivityOf(digest, current));
    }

    private static int ActivityOf(in DayDigest digest, int current)
    {
        var lastDay = Day(digest, current - 1);
        var dayBefore = Day(digest, current - 1 - BucketsPerDay);
        if (lastDay is not { } now || dayBefore is not { } usual || usual == 0)
        {
            return HealthSigns.Unknown;
        }

        return (int)Math.Min(now * 1_000_000 / usual, int.MaxValue);
    }

    private static long? Day(in DayDigest digest, int newest)
    {
        long sum = 0;
        for (var back = 0; back < BucketsPerDay; back++)
        {
            var bucket = digest.Read(newest - back);
            if (bucket.Heard < FewestHearings)
            {
                return null;
            }

            sum += bucket.ActivityCount;
        }

        return sum;
    }
}
