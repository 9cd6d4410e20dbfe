namespace Earmark.DeviceSim.World.Warehouses;

/// <summary>A scale: it needs a few seconds to settle, shows whole steps, and may drift away from the truth.</summary>
public sealed class Scale(Timeline timeline, RandomStream draws, int stepGrams)
{
    private (DateTimeOffset From, TimeSpan Over, double Share)? _drift;

    /// <summary>Told of every value shown while something is being weighed.</summary>
    public Action<ScaleSample>? Shown { get; set; }

    public DateTimeOffset BusyUntil { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>From now the scale shows more (or less) and more, until it is off by <paramref name="share"/> of the load.</summary>
    public void Drift(DateTimeOffset from, TimeSpan over, double share) => _drift = (from, over, share);

    /// <summary>Puts a load on: two restless values, then the settled one, which is also handed to <paramref name="settled"/>.</summary>
    public void Weigh(
        DateTimeOffset at, long grams, long tareGrams, WeighingPurpose purpose, string? reference, Action<DateTimeOffset, long>? settled = null)
    {
        // One load at a time: the next truck waits.
        DateTimeOffset when = at > BusyUntil ? at : BusyUntil;
        for (int i = 0; i < WorldDefaults.UnstableReadings; i++)
        {
            double restless = 1 + 0.03 * draws.Normal(Draw.SettlingTime, when.ToUnixTimeSeconds());
            Show(when, grams * restless, tareGrams, stable: false, purpose, reference, null);
            when += WorldDefaults.SettlingStep;
        }

        Show(when, grams, tareGrams, stable: true, purpose, reference, settled);
        BusyUntil = when + WorldDefaults.SettlingStep;
    }

    private void Show(
        DateTimeOffset at, double grams, long tareGrams, bool stable, WeighingPurpose purpose, string? reference, Action<DateTimeOffset, long>? settled) =>
        timeline.Schedule(at, Lane.World, then =>
        {
            long shown = Indicated(grams, then);
            settled?.Invoke(then, shown);
            Shown?.Invoke(new ScaleSample(then, shown, tareGrams, stable, purpose, reference));
        });

    private long Indicated(double grams, DateTimeOffset at)
    {
        double error = _drift is { } drift ? drift.Share * Math.Clamp((at - drift.From) / drift.Over, 0, 1) : 0;
        return Math.Max(0, (long)Math.Round(grams * (1 + error) / stepGrams) * stepGrams);
    }
}
