namespace Earmark.DeviceSim.World.Cattle;

/// <summary>
/// One head of cattle and the tag in its ear. Everything that moves is a function of time and of the few dated facts below,
/// so the animal needs no stepping; <see cref="StillMinutes"/> only keeps a cache.
/// </summary>
public sealed class Animal
{
    private readonly RandomStream _draws;
    private readonly BrodyGrowth _growth;
    private readonly double _restless;
    private readonly double _coupling;
    private long _lastMoved = long.MinValue;
    private long _lookedAt = long.MinValue;

    public Animal(string name, string? tagId, int pen, DateTimeOffset bornAt, ulong seed)
    {
        Name = name;
        TagId = tagId;
        Pen = pen;
        BornAt = bornAt;
        _draws = RandomStream.For(seed, name);
        Breed = Breed.Pick(_draws.Uniform(Draw.Breed));
        _growth = new BrodyGrowth(Breed, _draws);
        _restless = Math.Clamp(1 + 0.2 * _draws.Normal(Draw.Restlessness), 0.5, 1.7);
        Radio = new TagRadio(this);
        _coupling = WorldDefaults.EarCouplingMean + WorldDefaults.EarCouplingSpread * _draws.Normal(Draw.EarCoupling);
    }

    public string Name { get; }

    /// <summary>Device id of the ear tag; null for a calf without one.</summary>
    public string? TagId { get; }

    /// <summary>From 1.</summary>
    public int Pen { get; }

    public Breed Breed { get; }

    public DateTimeOffset BornAt { get; }

    public DateTimeOffset? DiedAt { get; private set; }

    public DateTimeOffset? StolenAt { get; private set; }

    /// <summary>When the tag fell out of the ear and began to lie on the ground.</summary>
    public DateTimeOffset? TagFellAt { get; private set; }

    /// <summary>It did not fall, it was cut: the loop through the ear is open and says so.</summary>
    public bool TagWasCut { get; private set; }

    public TagRadio Radio { get; }

    public Illness? Illness { get; private set; }

    public bool Present => StolenAt is null;

    public bool Alive => DiedAt is null && Present;

    public bool TagInEar => TagId is not null && TagFellAt is null;

    internal RandomStream Draws => _draws;

    public double Kilograms(DateTimeOffset at)
    {
        DateTimeOffset until = DiedAt is { } died && died < at ? died : at;
        return _growth.Kilograms((until - BornAt).TotalDays, until.DayOfYear);
    }

    public void Die(DateTimeOffset at) => DiedAt ??= at;

    public void Steal(DateTimeOffset at) => StolenAt ??= at;

    public void DropTag(DateTimeOffset at, bool cut)
    {
        TagFellAt ??= at;
        TagWasCut |= cut;
    }

    public void FallIll(Illness illness) => Illness = illness;

    /// <summary>When the tag itself stopped moving for good, whichever way.</summary>
    public DateTimeOffset? TagStilledAt => TagFellAt is { } fell && !(DiedAt < fell) ? fell : DiedAt;

    /// <summary>Movements the tag counted in the minute (of the Unix era) <paramref name="minute"/>.</summary>
    public int Movements(long minute)
    {
        if (TagStilledAt is { } stilled && stilled.ToUnixTimeSeconds() < (minute + 1) * 60)
        {
            return 0;
        }

        int ofDay = (int)((minute + (long)WorldDefaults.LocalOffset.TotalMinutes) % Behaviour.MinutesPerDay);
        double mean = Behaviour.MovementsPerMinute(ofDay) * _restless;
        double severity = Illness?.SeverityAt(minute * 60) ?? 0;
        double rest = Behaviour.RestChance(ofDay) + severity * (0.8 - Behaviour.RestChance(ofDay));
        if (_draws.Chance(rest, Draw.Rest, minute / (long)WorldDefaults.RestSlot.TotalMinutes))
        {
            mean *= WorldDefaults.RestActivityFactor;
        }

        return Poisson(mean * (1 - WorldDefaults.IllActivityLoss * severity), _draws.Uniform(Draw.Activity, minute));
    }

    /// <summary>Whole minutes without a movement at the end of <paramref name="minute"/>; 0 when it moved in it.</summary>
    public long StillMinutes(long minute)
    {
        if (TagStilledAt is { } stilled && stilled.ToUnixTimeSeconds() / 60 <= minute)
        {
            return minute - stilled.ToUnixTimeSeconds() / 60;
        }

        long reach = minute - WorldDefaults.LongestStillMinutes;
        long known = _lookedAt <= minute && _lookedAt > reach ? _lookedAt : reach;
        for (long m = minute; m > known; m--)
        {
            if (Movements(m) > 0)
            {
                (_lastMoved, _lookedAt) = (m, minute);
                return minute - m;
            }
        }

        long last = known == reach ? reach : Math.Max(_lastMoved, reach);
        (_lastMoved, _lookedAt) = (last, minute);
        return minute - last;
    }

    /// <summary>What the tag's sensor shows, in °C: between air and body while alive, cooling after Newton when not.</summary>
    public double TagCelsius(DateTimeOffset at, Weather weather, double airCelsius)
    {
        if (TagStilledAt is { } stilled && stilled <= at)
        {
            TimeSpan constant = TagFellAt == stilled ? WorldDefaults.FallenTagCooling : WorldDefaults.DeadEarCooling;
            double start = LivingCelsius(stilled, weather.AirCelsius(stilled));
            return airCelsius + (start - airCelsius) * Math.Exp(-((at - stilled) / constant));
        }

        return LivingCelsius(at, airCelsius) + WorldDefaults.EarNoiseCelsius * _draws.Normal(Draw.EarNoise, at.ToUnixTimeSeconds());
    }

    private double LivingCelsius(DateTimeOffset at, double air)
    {
        double hour = at.ToOffset(WorldDefaults.LocalOffset).TimeOfDay.TotalHours;
        double core = WorldDefaults.CoreCelsius + WorldDefaults.CoreDiurnalCelsius * Math.Cos(2 * Math.PI * (hour - 18) / 24)
            + WorldDefaults.FeverCelsius * (Illness?.SeverityAt(at.ToUnixTimeSeconds()) ?? 0);
        return air + (core - air) * _coupling;
    }

    /// <summary>Poisson by inversion of one uniform number; the means here are below 20, so the loop is short.</summary>
    private static int Poisson(double mean, double uniform)
    {
        double p = Math.Exp(-mean);
        double sum = p;
        int count = 0;
        while (uniform > sum && count < 200)
        {
            count++;
            p *= mean / count;
            sum += p;
        }

        return count;
    }
}
