namespace Earmark.DeviceSim.World.Cattle;

/// <summary>
/// What befalls animals without anyone's script: death, illness (and death of it), lost tags, theft, births, each drawn per animal
/// and day from the yearly rates in <see cref="WorldDefaults"/>.
/// </summary>
public sealed class CattleHazards(Ranch ranch, Timeline timeline)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Draws this day's fate at once and that of every day to come at its start (00:00 UTC).</summary>
    public void Begin()
    {
        DateTimeOffset midnight = new(timeline.Now.UtcDateTime.Date, TimeSpan.Zero);
        timeline.Repeat(midnight, Day, Lane.World, DrawDay);
    }

    private void DrawDay(DateTimeOffset midnight)
    {
        long day = (long)(midnight - DateTimeOffset.UnixEpoch).TotalDays;
        // Births of the day add to the list later, at their hour; no list changes while this loop runs.
        foreach (Animal animal in ranch.Animals)
        {
            if (animal.Alive)
            {
                DrawFor(animal, midnight, day);
            }
        }

        double births = WorldDefaults.BirthsPerHeadYear / 365 * ranch.Animals.Count;
        for (int i = 0; births > 0; i++, births--)
        {
            long index = day * 64 + i;
            if (ranch.Draws.Chance(Math.Min(1, births), Draw.Birth, index))
            {
                At(midnight, ranch.Draws.Uniform(Draw.BirthTime, index), at => ranch.Bear(at, null, null));
            }
        }
    }

    private void DrawFor(Animal animal, DateTimeOffset midnight, long day)
    {
        RandomStream draws = animal.Draws;
        if (draws.Chance(WorldDefaults.DeathsPerHeadYear / 365, Draw.Death, day))
        {
            At(midnight, draws.Uniform(Draw.DeathTime, day), at => ranch.Die(animal, at, "natural"));
        }

        if (draws.Chance(WorldDefaults.TagLossesPerHeadYear / 365, Draw.TagLoss, day))
        {
            At(midnight, draws.Uniform(Draw.TagLossTime, day), at => ranch.LoseTag(animal, at));
        }

        if (draws.Chance(WorldDefaults.TheftsPerHeadYear / 365, Draw.Theft, day))
        {
            // Between 01:00 and 04:00 local time of the next night.
            double hour = draws.Between(17, 20, Draw.TheftTime, day);
            At(midnight, hour / 24, at => ranch.Steal(animal, at, cutTag: false));
        }

        if (draws.Chance(WorldDefaults.IllnessesPerHeadYear / 365, Draw.Illness, day))
        {
            At(midnight, draws.Uniform(Draw.IllnessTime, day), at => FallIll(animal, at, day));
        }
    }

    private void FallIll(Animal animal, DateTimeOffset at, long day)
    {
        TimeSpan length = TimeSpan.FromDays(WorldDefaults.IllnessDaysMean * animal.Draws.Between(0.5, 1.5, Draw.IllnessDays, day));
        double severity = animal.Draws.Between(0.4, 1, Draw.IllnessSeverity, day);
        ranch.FallIll(animal, at, length, severity);
        // The worst cases are the ones that die.
        if (severity > 1 - 0.6 * WorldDefaults.IllnessFatality)
        {
            timeline.Schedule(at + length * 0.8, Lane.World, then => ranch.Die(animal, then, "illness"));
        }
    }

    /// <summary>Once, at that share of the day; a time already past (on the first day) is left out.</summary>
    private void At(DateTimeOffset midnight, double share, Action<DateTimeOffset> happen)
    {
        DateTimeOffset at = midnight + TimeSpan.FromSeconds(Math.Floor(share * 86_400));
        if (at > timeline.Now)
        {
            timeline.Schedule(at, Lane.World, happen);
        }
    }
}
