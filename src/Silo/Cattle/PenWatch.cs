using System.Globalization;
using Earmark.Contracts.Alarms;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>
/// Watches the animals of each pen that the pen's own station heard last, as a whole: those it should hear again. Which rounds were finished is state; whom they did not hear is asked of the herd's rows at most once a minute of domain time. Animals whose tags are seldom heard anyway are looked
/// up only where something was found.
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

    /// <summary>A station has finished a round.</summary>
    public void Take(int station, uint second)
    {
        if (station >= _rounds.Length)
        {
            Array.Resize(ref _rounds, station + 1);
        }

        _rounds[station].Take(second);
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

    public void Write(ColumnWriter columns) => columns.Bytes("stations.rounds", _rounds);

    /// <summary>Before apply version 4 no rounds of stations were kept: nothing is found until they are known again.</summary>
    public void Read(ColumnReader columns) => _rounds = columns.Has("stations.rounds") ? columns.Bytes<RoundTimes>("stations.rounds").ToArray() : [];

    private IEnumerable<StandingCause> Judge()
    {
        Count();
        for (var station = 0; station < _tallies.Length; station++)
        {
            if (HerdSilenceRule.IsWhollyUnheard(_tallies[station], _parameters))
            {
                yield return Cause(station, "pen-unheard", 0, $"{_tallies[station].Animals} animals, none heard though the station speaks");
            }
            else if (HerdSilenceRule.Assess(_tallies[station], _parameters) is not null)
            {
                LeaveOutSeldomHeard(station);
                if (HerdSilenceRule.Assess(_tallies[station], _parameters) is { } silence)
                {
                    yield return Cause(station, "theft-suspected", silence.Rounds, $"about {silence.Animals} animals fell silent together while the others are heard");
                }
            }
        }
    }

    private void Count()
    {
        if (_tallies.Length < _rounds.Length)
        {
            _tallies = [.. _rounds.Select(_ => new PenTally())];
        }

        foreach (var tally in _tallies)
        {
            tally.Clear();
        }

        for (var slot = 0; slot < herd.Count; slot++)
        {
            if (Counts(slot))
            {
                _tallies[herd.Heard[slot].Station].Add(Missed(slot));
            }
        }
    }

    private bool Counts(int slot)
    {
        ref readonly var heard = ref herd.Heard[slot];
        ref readonly var animal = ref herd.Animals[slot];
        return heard.LastHeard != 0 && IsAtHome(heard.Station, animal.Zone) && animal.Tag != 0 && !animal.Removed && !heard.Is(HeardMarks.Missing) && !heard.Is(HeardMarks.TagRemoved);
    }

    // A neighbour's station hears a tag now and then; not hearing it again says nothing. Nor does a station of a pen it is not registered in.
    private bool IsAtHome(ushort station, ushort zone) => station < _rounds.Length && (core.Devices[station].Zone == zone || core.Devices[station].Zone == 0);

    private int Missed(int slot) => _rounds[herd.Heard[slot].Station].Since(herd.Heard[slot].LastHeard);

    private void LeaveOutSeldomHeard(int station)
    {
        var least = _parameters.SeldomHeardShare * UsualHearings(station);
        for (var slot = 0; least > 0 && slot < herd.Count; slot++)
        {
            if (herd.Heard[slot].Station == station && Counts(slot) && Hearings(slot) < least)
            {
                _tallies[station].Remove(Missed(slot));
            }
        }
    }

    // Of the last whole bucket; 0 when the pen was hardly heard in it, so that nobody is left out.
    private double UsualHearings(int station)
    {
        var (sum, count) = (0L, 0);
        for (var slot = 0; slot < herd.Count && count < ReferenceAnimals; slot++)
        {
            if (herd.Heard[slot].Station == station && Counts(slot) && Missed(slot) == 0)
            {
                sum += Hearings(slot);
                count++;
            }
        }

        return sum < (long)count * FewestReferenceHearings ? 0 : (double)sum / Math.Max(1, count);
    }

    private int Hearings(int slot) => herd.Digests[slot].Read(DayDigest.BucketOf(core.Now) - 1).Heard;

    private StandingCause Cause(int station, string cause, int rounds, FormattableString detail)
    {
        var last = 0u;
        for (var slot = 0; slot < herd.Count; slot++)
        {
            if (herd.Heard[slot].Station == station && Counts(slot) && Missed(slot) >= rounds)
            {
                last = Math.Max(last, herd.Heard[slot].LastHeard);
            }
        }

        var device = core.Devices[station];
        return new StandingCause(device.Zone == 0 ? device.Id : core.Zones[device.Zone], cause, Critical, Seconds.At(last), detail.ToString(CultureInfo.InvariantCulture));
    }
}
