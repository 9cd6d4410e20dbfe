using Earmark.FirmwareProtocols.EarTag;
using Earmark.Silo.Sites;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>
/// Takes what is heard of an animal. The newest reading is what is known of it; an older one goes only into the digest of its time, and the
/// animal is judged again at the next tick. Allocation-free but for a change that its tag's grain has to be asked about.
/// </summary>
internal sealed class HerdEars(RanchFold fold, Herd herd)
{
    /// <summary>Two stations hear one round of a tag within this time: one hearing, its movements counted once.</summary>
    public const int SameRoundSeconds = 30;

    /// <summary>What is older went by too long ago to matter for value; History has it from the journal.</summary>
    public const int TooLateSeconds = 3 * Seconds.Day;

    private readonly HerdHealth _health = new(fold, herd);

    public HerdHealth Health => _health;

    public void Hear(int slot, in TagReading reading, ushort station, uint second, long position)
    {
        ref var row = ref herd.Heard[slot];
        if (second + TooLateSeconds <= fold.Core.Now)
        {
            return;
        }

        var apart = Math.Abs((long)second - row.LastHeard);
        if (apart > SameRoundSeconds || row.LastHeard == 0)
        {
            herd.Digests[slot].Merge(second, new DigestReading(
                reading.ActivityCount, reading.MotionlessMinutes, reading.TemperatureCentiCelsius ?? HealthSigns.Unknown));
        }

        if (second < row.LastHeard)
        {
            row.Set(HeardMarks.TouchedLate, row.Is(HeardMarks.TouchedLate) || apart > SameRoundSeconds);
            return;
        }

        // At the very same second a station's later frame speaks, and of two stations the one with the stronger signal, in whatever order they come.
        if (second == row.LastHeard && station != row.Station && (reading.RssiDbm ?? HeardRow.NoRssi) <= row.RssiDbm)
        {
            return;
        }

        Keep(ref row, reading, station, second, position);
        _health.Judge(slot, ref row, second, position);
    }

    private static void Keep(ref HeardRow row, in TagReading reading, ushort station, uint second, long position)
    {
        row.LastHeard = second;
        row.Position = (uint)position;
        row.MotionlessMinutes = reading.MotionlessMinutes;
        row.ActivityCount = reading.ActivityCount;
        row.TemperatureCentiCelsius = reading.TemperatureCentiCelsius ?? HeardRow.NoTemperature;
        row.Station = station;
        row.RssiDbm = reading.RssiDbm ?? HeardRow.NoRssi;
        row.BatteryFifteenths = reading.BatteryFifteenths;
        row.TagFlagBits = (byte)reading.Flags;
    }
}
