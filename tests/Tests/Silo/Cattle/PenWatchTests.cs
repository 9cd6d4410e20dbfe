using Earmark.Contracts.Sites;
using Earmark.Tests.Silo.Sites;
using Xunit;
using static Earmark.Tests.Silo.Cattle.RanchWorld;

namespace Earmark.Tests.Silo.Cattle;

public sealed class PenWatchTests
{
    private const int Herd = 40;
    private readonly FoldRun _ranch = new FoldRun(SiteKind.Ranch, Site).Submit(Opening(Herd));
    private readonly Random _draws = new(11);
    private uint _sequence;

    [Fact]
    public void Ten_that_fall_silent_together_are_a_suspected_theft_within_a_quarter_of_an_hour()
    {
        Listen(minutes: 60, 1..Herd);
        Assert.Empty(Found());
        var last = _ranch.Now;
        Listen(minutes: 15, 1..(Herd - 10));
        var theft = Assert.Single(_ranch.Fold.Causes(), cause => cause.Cause == "theft-suspected");
        Assert.Equal(("pen-1", 3), (theft.Subject, theft.Severity));
        Assert.InRange(theft.Since, last.AddMinutes(-5), last.AddMinutes(12));

        // Value is not touched by a suspicion; each animal is missing when its own time has come.
        Assert.Empty(_ranch.Report(Facility).Excluded);
    }

    [Fact]
    public void It_is_over_when_they_are_heard_again()
    {
        Listen(minutes: 60, 1..Herd);
        Listen(minutes: 15, 1..(Herd - 10));
        Assert.NotEmpty(Found());
        Listen(minutes: 10, 1..Herd);
        Assert.Empty(Found());
    }

    [Fact]
    public void A_station_outage_is_no_theft_and_neither_is_its_end()
    {
        Listen(minutes: 60, 1..Herd);
        for (var hour = 0; hour < 20; hour++)
        {
            _ranch.Ticks(60, TimeSpan.FromMinutes(1));
            Assert.Empty(Found());
        }

        for (var minute = 0; minute < 20; minute++)
        {
            Listen(minutes: 1, 1..Herd);
            Assert.Empty(Found());
        }
    }

    [Fact]
    public void Animals_that_stand_in_another_pen_than_registered_fall_silent_with_the_station_that_heard_them()
    {
        // Eight of pen 1 are with station 2, which then goes silent while station 1 speaks on.
        for (var minute = 0; minute < 60; minute++)
        {
            Listen(minutes: 1, 1..(Herd - 8));
            _ranch.Hear("bs-2", Round("bs-2", _sequence, _ranch.Now.AddSeconds(-25), Well, [.. Enumerable.Range(Herd - 7, 8)]));
        }

        Listen(minutes: 60, 1..(Herd - 8));
        Assert.Empty(Found());
    }

    [Fact]
    public void Animals_a_neighbouring_station_heard_once_are_not_its_own_to_miss()
    {
        // Station 1 goes silent; station 2 of the next pen has its own animals, and now and then hears one of pen 1.
        var bought = Enumerable.Range(Herd + 1, 20).ToArray();
        _ranch.Submit(new DeclareAnimals("bought", "operator", [.. Animals(Herd + 20).Animals.Skip(Herd).Select(animal => animal with { Pen = "pen-2" })]));
        for (var minute = 0; minute < 90; minute++)
        {
            Listen(minutes: minute < 30 ? 1 : 0, 1..Herd);
            _ranch.Wait(TimeSpan.FromSeconds(minute < 30 ? 0 : 60));
            int[] strays = minute is >= 30 and < 45 ? [minute - 29] : [];
            _ranch.Hear("bs-2", Round("bs-2", (uint)minute + 1, _ranch.Now, Well, [.. bought.Where(_ => _draws.Next(10) != 0), .. strays])).Tick();
            Assert.Empty(Found());
        }
    }

    [Fact]
    public void A_station_that_speaks_and_hears_nobody_is_told()
    {
        Listen(minutes: 60, 1..Herd);
        Listen(minutes: 12, 1..0);
        Assert.Equal("pen-unheard", Assert.Single(Found()));
    }

    [Fact]
    public void Tags_that_are_seldom_heard_make_no_theft_of_their_silence()
    {
        // Twelve of the forty are behind the barn for days: one round in twelve hears them.
        for (var minute = 0; minute < 14 * 60; minute++)
        {
            var heard = Enumerable.Range(1, Herd).Where(number => number > 28 ? _draws.Next(12) == 0 : _draws.Next(10) != 0).ToArray();
            Hear(heard);
            if (minute > 12 * 60)
            {
                Assert.Empty(Found());
            }
        }
    }

    [Fact]
    public void A_restart_from_the_snapshot_finds_the_same()
    {
        Listen(minutes: 60, 1..Herd);
        Listen(minutes: 15, 1..(Herd - 10));
        var before = _ranch.Fold.Causes().ToArray();
        Assert.Equal(before, _ranch.Restart().Fold.Causes());
    }

    private string[] Found() => [.. _ranch.Fold.Causes().Select(cause => cause.Cause).Where(cause => cause is "theft-suspected" or "pen-unheard")];

    // Nine of ten tags are heard in a round.
    private void Listen(int minutes, Range animals)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            Hear([.. Enumerable.Range(animals.Start.Value, animals.End.Value).Where(_ => _draws.Next(10) != 0)]);
        }
    }

    private void Hear(int[] animals) =>
        _ranch.Wait(TimeSpan.FromMinutes(1)).Hear("bs-1", Round("bs-1", ++_sequence, _ranch.Now, Well, animals)).Tick();
}
