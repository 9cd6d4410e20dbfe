namespace Earmark.Valuation;

/// <summary>
/// A bucket in 64 bits, from the lowest: hearings 10, hearings with a temperature 10, longest motionless 8 (tens of minutes), movements 19,
/// temperature sum 17 (half degrees above −20 °C). 720 hearings (two stations each minute for six hours) fit. Past 1,023 temperatures the sum no
/// longer goes with its count, and such a bucket hands out no temperature rather than a wrong mean.
/// </summary>
internal static class PackedBucket
{
    private const int CountBits = 10;
    private const int MotionlessBits = 8;
    private const int ActivityBits = 19;
    private const int SumBits = 17;

    private const int TemperatureCountShift = CountBits;
    private const int MotionlessShift = TemperatureCountShift + CountBits;
    private const int ActivityShift = MotionlessShift + MotionlessBits;
    private const int SumShift = ActivityShift + ActivityBits;

    private const int MotionlessStepMinutes = 10;
    private const int HighestStep = 127;

    public static ulong Merge(ulong packed, in DigestReading reading)
    {
        var heard = Saturate(Field(packed, 0, CountBits) + 1, CountBits);
        var temperatures = Field(packed, TemperatureCountShift, CountBits);
        var sum = Field(packed, SumShift, SumBits);
        if (reading.TemperatureCentiCelsius != HealthSigns.Unknown)
        {
            temperatures = Saturate(temperatures + 1, CountBits);
            sum = Saturate(sum + StepOf(reading.TemperatureCentiCelsius), SumBits);
        }

        var still = Saturate((uint)reading.MotionlessMinutes / MotionlessStepMinutes, MotionlessBits);
        var motionless = Math.Max(Field(packed, MotionlessShift, MotionlessBits), still);
        var activity = Saturate(Field(packed, ActivityShift, ActivityBits) + reading.ActivityCount, ActivityBits);
        return heard | ((ulong)temperatures << TemperatureCountShift) | ((ulong)motionless << MotionlessShift)
            | ((ulong)activity << ActivityShift) | ((ulong)sum << SumShift);
    }

    public static DigestSummary Read(ulong packed)
    {
        var temperatures = (int)Field(packed, TemperatureCountShift, CountBits);
        var isFull = temperatures == (1 << CountBits) - 1;
        return new DigestSummary(
            (int)Field(packed, 0, CountBits),
            (int)Field(packed, ActivityShift, ActivityBits),
            (int)Field(packed, MotionlessShift, MotionlessBits) * MotionlessStepMinutes,
            isFull ? 0 : temperatures,
            isFull ? 0 : (int)Field(packed, SumShift, SumBits));
    }

    // To the nearest half degree; what lies outside −20 to 43.5 °C counts as the end of the scale.
    private static uint StepOf(int centiCelsius)
    {
        var above = centiCelsius - DigestSummary.LowestCentiCelsius + (DigestSummary.StepCentiCelsius / 2);
        return above <= 0 ? 0 : (uint)Math.Min(above / DigestSummary.StepCentiCelsius, HighestStep);
    }

    private static uint Field(ulong packed, int shift, int bits) => (uint)(packed >> shift) & ((1u << bits) - 1);

    private static uint Saturate(uint value, int bits) => Math.Min(value, (1u << bits) - 1);
}
