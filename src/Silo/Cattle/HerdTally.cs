using Earmark.Contracts.Sites;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>Counts a herd by state and pen, in one pass.</summary>
internal sealed class HerdTally(SiteCore core, Herd herd)
{
    // The first four are HealthState's own.
    private static readonly string[] States = ["healthy", "watch", "sick", "dead-presumed", "missing", "tag-removed", "never-heard"];
    private static readonly int NeverHeard = Array.IndexOf(States, "never-heard");

    private readonly (int Assets, int Heard, int Missing, long Grams)[] _zones = new (int, int, int, long)[core.Zones.Count];

    private readonly long[] _states = new long[States.Length];
    private long _animals;
    private long _heardToday;
    private long _pledged;
    private long _untagged;
    private long _quarantined;
    private long _removed;

    /// <summary>The state a person sees: the gravest thing known.</summary>
    public static string StateOf(in AnimalRow animal, in HeardRow heard) =>
        animal.Removed ? ((Departure)animal.RemovedBecause).Name()
        : CauseOf(heard) is { } cause ? cause
        : heard.LastHeard == 0 ? "never-heard"
        : heard.Health.Code();

    /// <summary>What somebody should know of an animal; null when nothing.</summary>
    public static string? CauseOf(in HeardRow heard) =>
        heard.Health == HealthState.DeadPresumed ? "dead-presumed"
        : heard.Is(HeardMarks.Missing) ? "missing"
        : heard.Is(HeardMarks.TagRemoved) ? "tag-removed"
        : heard.Health == HealthState.Sick ? "sick"
        : null;

    public void Add(int slot, int weightGrams)
    {
        ref readonly var animal = ref herd.Animals[slot];
        ref readonly var heard = ref herd.Heard[slot];
        if (animal.Removed)
        {
            _removed++;
            return;
        }

        var heardToday = heard.LastHeard != 0 && core.Now < heard.LastHeard + Seconds.Day;
        _animals++;
        _heardToday += heardToday ? 1 : 0;
        _pledged += animal.Facility != 0 ? 1 : 0;
        _untagged += animal.Tag == 0 ? 1 : 0;
        _quarantined += animal.Is(AnimalMarks.Quarantined) ? 1 : 0;
        _states[CauseOf(heard) is { } cause ? Array.IndexOf(States, cause) : heard.LastHeard == 0 ? NeverHeard : (int)heard.Health]++;
        ref var zone = ref _zones[animal.Zone];
        zone.Assets++;
        zone.Heard += heardToday ? 1 : 0;
        zone.Missing += heard.Is(HeardMarks.Missing) ? 1 : 0;
        zone.Grams += weightGrams;
    }

    public Dictionary<string, long> Counts()
    {
        var counts = new Dictionary<string, long>
        {
            ["animals"] = _animals,
            ["heard-today"] = _heardToday,
            ["pledged"] = _pledged,
            ["untagged"] = _untagged,
            ["quarantined"] = _quarantined,
            ["removed"] = _removed,
        };
        for (var state = 0; state < States.Length; state++)
        {
            counts[States[state]] = _states[state];
        }

        return counts;
    }

    public ZoneSummary[] Zones() => Enumerable.Range(1, core.Zones.Count - 1)
        .Select(zone => new ZoneSummary(core.Zones[zone], _zones[zone].Assets, _zones[zone].Heard, _zones[zone].Missing, _zones[zone].Grams))
        .ToArray();
}
