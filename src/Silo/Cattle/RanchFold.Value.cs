using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Reports;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>What the herd counts, and what the passing of time does to it.</summary>
internal sealed partial class RanchFold
{
    protected override void Collect(ReportRows rows, ushort facility, uint second)
    {
        var freshness = Core.Policy.Freshness();
        Func<int, string> id = slot => _herd.Ids[slot];
        for (var slot = 0; slot < _herd.Count; slot++)
        {
            ref readonly var animal = ref _herd.Animals[slot];
            if (animal.Facility == facility)
            {
                rows.Add(AnimalValuation.Value(Facts(slot, second), freshness), animal.PriceClass, animal.Grade, animal.Zone, slot, id);
            }
        }
    }

    protected override void Pass()
    {
        var now = Core.Now;
        _feed.Pass(now);
        for (var slot = 0; slot < _herd.Count; slot++)
        {
            if (_herd.Animals[slot].Removed)
            {
                continue;
            }

            if (_herd.Heard[slot].Is(HeardMarks.TouchedLate))
            {
                _ears.Health.JudgeAgain(slot, Core.Position);
            }

            _ears.Health.JudgePresence(slot, now, Core.Position);
        }
    }

    /// <summary>What an animal counted when it was last heard: all factors but freshness.</summary>
    internal Quantity ValueWhenHeard(int slot) => AnimalValuation.Value(Facts(slot, Core.Now) with { SecondsSinceHeard = 0 }, Core.Policy.Freshness());

    private AnimalFacts Facts(int slot, uint second)
    {
        ref readonly var animal = ref _herd.Animals[slot];
        ref readonly var heard = ref _herd.Heard[slot];
        var (mean, confidence) = _weights.At(slot, second);
        return new AnimalFacts(
            mean,
            confidence,
            heard.Health,
            heard.Is(HeardMarks.Missing) ? Presence.Missing : Presence.Present,
            StandingOf(animal, heard, second),
            heard.LastHeard == 0 ? AnimalFacts.NeverHeard : Math.Max(0, (long)second - heard.LastHeard));
    }

    // Insurance that was never stated is not demanded; which product demands it is the facility's to know.
    private static Standing StandingOf(in AnimalRow animal, in HeardRow heard, uint second) =>
        (animal.Is(AnimalMarks.Registered) ? Standing.Registered : Standing.None)
        | (animal.InsuredUntil == 0 || second <= animal.InsuredUntil ? Standing.Insured : Standing.None)
        | (animal.Is(AnimalMarks.Quarantined) ? Standing.Quarantined : Standing.None)
        | (animal.Removed ? Standing.Sold : Standing.None)
        | (heard.Is(HeardMarks.TagRemoved) ? Standing.TagRemoved : Standing.None);
}
