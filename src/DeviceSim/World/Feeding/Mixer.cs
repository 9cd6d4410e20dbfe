using Earmark.DeviceSim.Truth;
using Earmark.DeviceSim.World.Cattle;

namespace Earmark.DeviceSim.World.Feeding;

/// <summary>One TMR mixer and the pens it feeds: three feedings a day, ingredients in, ration out, pen after pen.</summary>
public sealed class Mixer
{
    private readonly Ranch _ranch;
    private readonly Timeline _timeline;
    private readonly ITruthLog _truth;
    private readonly RandomStream _draws;
    private readonly IReadOnlyList<Pen> _pens;

    /// <param name="number">From 0, of <paramref name="mixers"/>; pens are dealt out in turn.</param>
    public Mixer(Ranch ranch, int number, int mixers, Timeline timeline, ulong seed, ITruthLog truth)
    {
        _ranch = ranch;
        _timeline = timeline;
        _truth = truth;
        _draws = RandomStream.For(seed, $"{ranch.Site}/mixer-{number}");
        _pens = [.. ranch.Pens.Where(pen => (pen.Number - 1) % mixers == number)];
    }

    /// <summary>Told of each load and delivery at the moment it happens.</summary>
    public Action<FeedMoment>? Weighed { get; set; }

    public void Begin()
    {
        DateTimeOffset local = _timeline.Now.ToOffset(WorldDefaults.LocalOffset);
        DateTimeOffset midnight = new(local.Date, WorldDefaults.LocalOffset);
        foreach (TimeSpan feeding in WorldDefaults.Feedings)
        {
            DateTimeOffset first = midnight + feeding;
            first = first > _timeline.Now ? first : first + TimeSpan.FromDays(1);
            _timeline.Repeat(first, TimeSpan.FromDays(1), Lane.World, Feed);
        }
    }

    private void Feed(DateTimeOffset at)
    {
        long index = at.ToUnixTimeSeconds() / 60;
        double[] portions = [.. _pens.Select(pen => Portion(pen, at, index))];
        double batch = portions.Sum();
        if (batch <= 0)
        {
            return;
        }

        DateTimeOffset when = at + TimeSpan.FromSeconds(_draws.Below(300, Draw.FeedTime, index));
        foreach ((string ingredient, double share) in Ration.Parts)
        {
            Weigh(when, ingredient, null, batch * share);
            when += WorldDefaults.LoadStep;
        }

        for (int i = 0; i < _pens.Count; i++)
        {
            when += WorldDefaults.DeliveryStep;
            Weigh(when, Ration.Code, _pens[i].Number, portions[i]);
        }
    }

    /// <summary>Kilograms as fed for one feeding of a pen; what its living animals eat, give or take the driver.</summary>
    private double Portion(Pen pen, DateTimeOffset at, long index)
    {
        double body = pen.Animals.Where(animal => animal.Alive).Sum(animal => animal.Kilograms(at));
        double daily = body * WorldDefaults.IntakeShareOfBodyWeight / WorldDefaults.DryMatterShare;
        double noise = 1 + WorldDefaults.FeedNoise * _draws.Normal(Draw.FeedNoise, index * 1000 + pen.Number);
        return daily / WorldDefaults.Feedings.Length * Math.Max(0.5, noise);
    }

    private void Weigh(DateTimeOffset at, string code, int? pen, double kilograms)
    {
        double shown = Math.Round(kilograms / WorldDefaults.FeedStepKilograms) * WorldDefaults.FeedStepKilograms;
        if (shown <= 0)
        {
            return;
        }

        _timeline.Schedule(at, Lane.World, then =>
        {
            if (pen is { } number)
            {
                _truth.Write(new TruthFact(then, _ranch.Site, TruthFacts.PenFed, $"pen-{number}") { Pen = number, Grams = (long)(shown * 1000) });
            }

            Weighed?.Invoke(new FeedMoment(then, code, pen, shown));
        });
    }
}
