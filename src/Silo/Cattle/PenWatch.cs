using System.Globalization;
using Earmark.Contracts.Alarms;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>
/// Watches each pen as a whole: which rounds were finished is state; who of the pen they did not hear is asked of the herd's rows at most once a minute
/// of domain time. Animals whose tags are seldom heard anyway are looked up only where something was found.
/// </summary>
internal sealed class PenWatch(SiteCore core, Herd herd)
{
    private const int ReferenceAnimals = 64;
    private const int FewestReferenceHearings = 6;
    private const int Critical = 3;

    private readonly HerdSilenceParameters _parameters = HerdSilenceParameters.Default;
    private RoundTimes[] _rounds = [];
    private PenTally[] _tallies = [];
    private StandingCause[] _found = [];
    private uint _judgedMinute;

    /// <summary>A round of a pen's station was finished; the whole site's stations are pen 0.</summary>
    public void Take(int zone, uint second)
    {
        if (zone >= _rounds.Length)
        {
            Array.Resize(ref _rounds, zone + 1);
        }

        _rounds[zone].Take(second);
    }

    public IEnumerable<StandingCause> Causes()
    {
        if (core.Now / Seconds.Minute != _judgedMinute)
        {
            _judgedMinute = core.Now / Seconds.Minute;
            _found = [.. Judge()];
        }

        return _found;
    }

    public void Write(ColumnWriter columns) => columns.Bytes("pens.rounds", _rounds);

    /// <summary>Before apply version 3 no rounds were kept: nothing is found until they are known again.</summary>
    public void Read(ColumnReader columns) => _rounds = columns.Has("pens.rounds") ? columns.Bytes<RoundTimes>("pens.rounds").ToArray() : [];

    private IEnumerable<StandingCause> Judge()
    {
        Count();
        for (var zone = 0; zone < _tallies.Length; zone++)
        {
            if (HerdSilenceRule.IsWhollyUnheard(_tallies[zone], _parameters))
            {
                yield return Cause(zone, "pen-unheard", 0, $"{_tallies[zone].Animals} animals, none heard though the station speaks");
            }
            else if (HerdSilenceRule.Assess(_tallies[zone], _parameters) is not null)
            {
                LeaveOutSeldomHeard(zone);
                if (HerdSilenceRule.Assess(_tallies[zone], _parameters) is { } silence)
                {
                    yield return Cause(zone, "theft-suspected", silence.Rounds, $"about {silence.Animals} animals fell silent together while the others are heard");
                }
            }
        }
    }

    private void Count()
    {
        if (_tallies.Length < core.Zones.Count)
        {
            _tallies = [.. Enumerable.Range(0, core.Zones.Count).Select(_ => new PenTally())];
        }

        foreach (var tally in _tallies)
        {
            tally.Clear();
        }

        for (var slot = 0; slot < herd.Count; slot++)
        {
            if (Counts(slot))
            {
                _tallies[herd.Animals[slot].Zone].Add(Missed(slot));
            }
        }
    }

    private bool Counts(int slot)
    {
        ref readonly var heard = ref herd.Heard[slot];
        ref readonly var animal = ref herd.Animals[slot];
        return heard.LastHeard != 0 && animal.Tag != 0 && !animal.Removed && !heard.Is(HeardMarks.Missing) && !heard.Is(HeardMarks.TagRemoved);
    }

    private int Missed(int slot) => RoundsOf(herd.Animals[slot].Zone).Since(herd.Heard[slot].LastHeard);

    private RoundTimes RoundsOf(int zone) =>
        zone < _rounds.Length && _rounds[zone].Newest != 0 ? _rounds[zone] : _rounds.Length > 0 ? _rounds[0] : default;

    private void LeaveOutSeldomHeard(int zone)
    {
        var least = _parameters.SeldomHeardShare * UsualHearings(zone);
        for (var slot = 0; least > 0 && slot < herd.Count; slot++)
        {
            if (herd.Animals[slot].Zone == zone && Counts(slot) && Hearings(slot) < least)
            {
                _tallies[zone].Remove(Missed(slot));
            }
        }
    }

    // Of the last whole bucket; 0 when the pen was hardly heard in it, so that nobody is left out.
    private double UsualHearings(int zone)
    {
        var (sum, count) = (0L, 0);
        for (var slot = 0; slot < herd.Count && count < ReferenceAnimals; slot++)
        {
            if (herd.Animals[slot].Zone == zone && Counts(slot) && Missed(slot) == 0)
            {
                sum += Hearings(slot);
                count++;
            }
        }

        return sum < (long)count * FewestReferenceHearings ? 0 : (double)sum / Math.Max(1, count);
    }

    private int Hearings(int slot) => herd.Digests[slot].Read(DayDigest.BucketOf(core.Now) - 1).Heard;

    private StandingCause Cause(int zone, string cause, int rounds, FormattableString detail)
    {
        var last = 0u;
        for (var slot = 0; slot < herd.Count; slot++)
        {
            if (herd.Animals[slot].Zone == zone && Counts(slot) && Missed(slot) >= rounds)
            {
                last = Math.Max(last, herd.Heard[slot].LastHeard);
            }
        }

        return new StandingCause(core.Zones[zone], cause, Critical, Seconds.At(last), detail.ToString(CultureInfo.InvariantCulture));
    }
}
