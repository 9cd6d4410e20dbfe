using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CsCheck;
using Earmark.Valuation;
using Xunit;

namespace Earmark.Tests.Valuation;

public sealed class DayDigestTests
{
    private const long Start = 82_000L * DayDigest.BucketSeconds;
    private const int Hour = 3_600;

    private static readonly Gen<(long At, DigestReading Reading)> AnyReading =
        Gen.Select(Gen.Long[Start, Start + (6 * 86_400)], Gen.UShort, Gen.UShort, Gen.Int[-45_00, 90_00]).Select((at, activity, still, temperature) =>
            (at, new DigestReading(activity, still, temperature < -40_00 ? HealthSigns.Unknown : temperature)));

    private static DayDigest Fold(IEnumerable<(long At, DigestReading Reading)> readings)
    {
        var digest = default(DayDigest);
        foreach (var (at, reading) in readings)
        {
            digest.Merge(at, reading);
        }

        return digest;
    }

    private static byte[] BytesOf(DayDigest digest) => MemoryMarshal.AsBytes(new ReadOnlySpan<DayDigest>(in digest)).ToArray();

    [Fact]
    public void It_takes_a_hundred_bytes_and_no_reference()
    {
        Assert.Equal(100, Unsafe.SizeOf<DayDigest>());
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<DayDigest>());
    }

    [Fact]
    public void Any_order_of_the_same_readings_ends_in_the_same_bytes() =>
        Gen.Select(AnyReading.Array[0, 60], Gen.Int).Sample((readings, seed) =>
        {
            var shuffled = readings.ToArray();
            new Random(seed).Shuffle(shuffled);
            return BytesOf(Fold(readings)).SequenceEqual(BytesOf(Fold(shuffled)));
        });

    [Fact]
    public void Saturation_does_not_depend_on_order_either()
    {
        // 1,500 readings in one bucket: more than its counts and its sum of movements hold.
        var readings = Enumerable.Range(0, 1_500).Select(i => (Start, new DigestReading((ushort)(i * 40), (ushort)i, i % 3 == 0 ? HealthSigns.Unknown : i * 2))).ToArray();
        var full = Fold(readings).Read(82_000);
        Assert.Equal(BytesOf(Fold(readings)), BytesOf(Fold(readings.Reverse())));
        Assert.Equal((1_023, 524_287, 1_490), (full.Heard, full.ActivityCount, full.LongestMotionlessMinutes));
        Assert.Equal(1_000, full.TemperatureCount);
        var fuller = Fold([.. readings, .. readings]).Read(82_000);
        Assert.Null(fuller.MeanTemperatureCentiCelsius);
    }

    [Fact]
    public void A_bucket_counts_adds_and_keeps_the_longest()
    {
        var digest = Fold([(Start, new DigestReading(10, 25, 30_00)), (Start + Hour, new DigestReading(5, 7, 34_00)), (Start + 2, new DigestReading(1, 0, HealthSigns.Unknown))]);
        var bucket = digest.Read(82_000);
        Assert.Equal(new DigestSummary(3, 16, 20, 2, 208), bucket); // 25 min is two tens; (30 + 20) × 2 + (34 + 20) × 2 half degrees
        Assert.Equal(32_00, bucket.MeanTemperatureCentiCelsius);
        Assert.Equal(default, digest.Read(81_999));
        Assert.Null(digest.Read(81_999).MeanTemperatureCentiCelsius);
    }

    [Fact]
    public void Three_days_are_held_and_what_is_older_is_refused()
    {
        var digest = default(DayDigest);
        var reading = new DigestReading(1, 0, 0);
        Assert.True(digest.Merge(Start, reading));
        Assert.True(digest.Merge(Start + (11 * DayDigest.BucketSeconds), reading));
        Assert.Equal(1, digest.Read(82_000).Heard);
        Assert.True(digest.Merge(Start, reading));
        Assert.True(digest.Merge(Start + (12 * DayDigest.BucketSeconds), reading));
        Assert.Equal(default, digest.Read(82_000));
        var before = BytesOf(digest);
        Assert.False(digest.Merge(Start + DayDigest.BucketSeconds - 1, reading));
        Assert.False(digest.Merge(-1, reading));
        Assert.False(digest.Merge(long.MaxValue, reading));
        Assert.Equal(before, BytesOf(digest));
    }

    [Fact]
    public void The_usual_leaves_out_what_may_be_the_news()
    {
        // Warm for two days and a half at 34 °C and 100 movements a round; then a night at 20 °C without movement.
        var digest = default(DayDigest);
        for (var hour = 0; hour < 72; hour++)
        {
            var isNews = hour >= 60;
            digest.Merge(Start + (hour * Hour), new DigestReading((ushort)(isNews ? 0 : 100), 0, isNews ? 20_00 : 34_00));
        }

        var signs = DigestSigns.Of(digest, Start + (71 * Hour));
        Assert.Equal(34_00, signs.UsualTemperatureCentiCelsius);
        Assert.Equal(750_000, signs.ActivityMillionthsOfUsual); // three of the last four finished buckets moved
    }

    [Fact]
    public void Too_few_hearings_make_no_usual()
    {
        var digest = default(DayDigest);
        for (var i = 0; i < DigestSigns.FewestTemperatures - 1; i++)
        {
            digest.Merge(Start, new DigestReading(1, 0, 34_00));
        }

        var signs = DigestSigns.Of(digest, Start + (3 * DayDigest.BucketSeconds));
        Assert.Equal(new DigestSigns(HealthSigns.Unknown, HealthSigns.Unknown), signs);
        digest.Merge(Start, new DigestReading(1, 0, 34_00));
        Assert.Equal(34_00, DigestSigns.Of(digest, Start + (3 * DayDigest.BucketSeconds)).UsualTemperatureCentiCelsius);
    }
}
