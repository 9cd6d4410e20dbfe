using Earmark.DeviceSim.Truth;

namespace Earmark.DeviceSim.World.Cattle;

/// <summary>A ranch: animals in pens, one base station to a pen, weather. Facts change it; <see cref="Listen"/> is what stations hear.</summary>
public sealed class Ranch
{
    private readonly ulong _seed;
    private readonly RandomStream _draws;
    private readonly ITruthLog _truth;
    private readonly List<Animal> _animals = [];
    private int _births;

    /// <param name="tagIds">Device ids of the ear tags worn at the start, one animal each.</param>
    /// <param name="pens">At least 1; station i hears pen i + 1.</param>
    public Ranch(string site, int pens, IReadOnlyList<string> tagIds, DateTimeOffset startedAt, ulong seed, ITruthLog truth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pens, 1);
        Site = site;
        _seed = seed;
        _truth = truth;
        _draws = RandomStream.For(seed, site);
        Weather = new Weather(_draws);
        double low = WorldDefaults.HeardShareLow + WorldDefaults.HeardShareMargin;
        double high = WorldDefaults.HeardShareHigh - WorldDefaults.HeardShareMargin;
        Pens = [.. Enumerable.Range(1, pens).Select(number => new Pen(number, _draws.Between(low, high, Draw.HeardShare, number)))];
        foreach (string tagId in tagIds)
        {
            string name = $"{site}/{tagId}";
            RandomStream own = RandomStream.For(seed, name);
            double months = own.Between(WorldDefaults.AgeMonthsLow, WorldDefaults.AgeMonthsHigh, Draw.Birthday);
            Add(new Animal(name, tagId, 1 + own.Below(pens, Draw.Pen), startedAt - TimeSpan.FromDays(months * 30.44), seed));
        }
    }

    public string Site { get; }

    public Weather Weather { get; }

    public IReadOnlyList<Pen> Pens { get; }

    public IReadOnlyList<Animal> Animals => _animals;

    internal RandomStream Draws => _draws;

    public void Die(Animal animal, DateTimeOffset at, string cause)
    {
        if (animal.Alive)
        {
            animal.Die(at);
            Tell(at, TruthFacts.Died, animal, cause);
        }
    }

    /// <param name="cutTag">The thief cut the tag and left it, instead of taking it along.</param>
    public void Steal(Animal animal, DateTimeOffset at, bool cutTag)
    {
        if (animal.Present)
        {
            if (cutTag)
            {
                animal.DropTag(at, cut: true);
            }

            animal.Steal(at);
            Tell(at, TruthFacts.Stolen, animal, cutTag ? "tag cut" : null);
        }
    }

    public void LoseTag(Animal animal, DateTimeOffset at)
    {
        if (animal.Present && animal.TagInEar)
        {
            animal.DropTag(at, cut: false);
            Tell(at, TruthFacts.TagLost, animal, null);
        }
    }

    public void FallIll(Animal animal, DateTimeOffset at, TimeSpan length, double severity)
    {
        if (animal.Alive)
        {
            animal.FallIll(new Illness(at, at + length, severity));
            Tell(at, TruthFacts.FellIll, animal, $"severity {severity:0.00} for {length.TotalDays:0.0} days");
        }
    }

    /// <summary>A calf; with <paramref name="tagId"/> null it wears no tag and nobody hears of it.</summary>
    public Animal Bear(DateTimeOffset at, string? tagId, int? pen)
    {
        long number = ++_births;
        int into = pen ?? 1 + _draws.Below(Pens.Count, Draw.Pen, number);
        var calf = new Animal($"{Site}/calf-{number}", tagId, into, at, _seed);
        Add(calf);
        Tell(at, TruthFacts.Born, calf, null);
        return calf;
    }

    /// <summary>Fills <paramref name="heard"/> with what the station of pen <paramref name="station"/> + 1 hears at <paramref name="at"/>.</summary>
    /// <param name="station">From 0; its neighbour's animals are heard now and then as well.</param>
    public void Listen(int station, DateTimeOffset at, List<HeardTag> heard)
    {
        heard.Clear();
        // The last whole minute: what the tags counted up to it is settled.
        long minute = at.ToUnixTimeSeconds() / WorldDefaults.RoundSeconds - 1;
        double air = Weather.AirCelsius(at);
        Pen own = Pens[station];
        foreach (Animal animal in own.Animals)
        {
            if (animal.Radio.IsHeard(minute, at, own.HeardShare))
            {
                heard.Add(animal.Radio.Read(minute, at, Weather, air, secondStation: false));
            }
        }

        if (Pens.Count > 1)
        {
            Pen next = Pens[(station + 1) % Pens.Count];
            foreach (Animal animal in next.Animals)
            {
                if (animal.Radio.IsHeardTwice(minute) && animal.Radio.IsHeard(minute, at, next.HeardShare))
                {
                    heard.Add(animal.Radio.Read(minute, at, Weather, air, secondStation: true));
                }
            }
        }
    }

    private void Add(Animal animal)
    {
        _animals.Add(animal);
        Pens[animal.Pen - 1].Animals.Add(animal);
    }

    private void Tell(DateTimeOffset at, string fact, Animal animal, string? detail) =>
        _truth.Write(new TruthFact(at, Site, fact, animal.Name) { Tag = animal.TagId, Pen = animal.Pen, Detail = detail });
}
