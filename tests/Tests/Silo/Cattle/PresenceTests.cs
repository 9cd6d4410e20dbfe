using Earmark.Contracts.Sites;
using Earmark.Tests.Silo.Sites;
using Xunit;
using static Earmark.Tests.Silo.Cattle.RanchWorld;

namespace Earmark.Tests.Silo.Cattle;

public sealed class PresenceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FoldRun _ranch = new FoldRun(SiteKind.Ranch, Site).Submit(Opening(3));
    private uint _sequence;

    [Fact]
    public void An_animal_not_heard_while_its_pen_is_listened_to_is_missing_and_counts_nothing()
    {
        Listen(minutes: 1, 1, 2, 3);
        Listen(minutes: 350, 1, 2);
        Assert.Empty(_ranch.Report(Facility).Excluded);
        Listen(minutes: 30, 1, 2);

        var excluded = Assert.Single(_ranch.Report(Facility).Excluded);
        Assert.Equal(("missing", 1), (excluded.Reason, excluded.Count));
        Assert.Equal([Animal(3)], excluded.AssetIds);
        Assert.Equal("missing", Assert.Single(_ranch.Fold.Core.Transitions.Open).Transition);
        Assert.Contains(_ranch.Fold.Causes(), cause => cause.Subject == Animal(3) && cause.Cause == "missing");
    }

    [Fact]
    public void A_silent_station_makes_no_animal_missing_though_value_falls_along_its_ramp()
    {
        Listen(minutes: 10, 1, 2, 3);
        var heard = _ranch.Eligible(Facility);
        var falling = new List<long>();
        for (var hour = 0; hour < 80; hour++)
        {
            falling.Add(_ranch.Ticks(60, Minute).Eligible(Facility));
        }

        // Flat for the first 24 hours; then the ramp goes to nothing at 72.
        Assert.InRange(falling[22], heard * 99 / 100, heard);
        Assert.InRange(falling[47], heard * 48 / 100, heard * 50 / 100);
        Assert.Equal(falling.OrderDescending(), falling);
        Assert.Equal(0, falling[^1]);
        Assert.Equal(["silent"], _ranch.Report(Facility).Excluded.Select(excluded => excluded.Reason));
        Assert.DoesNotContain(_ranch.Fold.Causes(), cause => cause.Cause == "missing");
        Assert.Contains(_ranch.Fold.Causes(), cause => cause.Cause == "site-unobserved");
        Assert.NotNull(_ranch.Report(Facility).UnobservedSince);
    }

    [Fact]
    public void Our_own_downtime_makes_no_animal_missing_and_no_station_silent()
    {
        Listen(minutes: 30, 1, 2, 3);

        // Nobody was there for ten hours; then the service is back and everything is heard again, but for animal 3.
        _ranch.Wait(TimeSpan.FromHours(10)).Tick();
        Assert.Empty(_ranch.Report(Facility).Excluded);
        Assert.DoesNotContain(_ranch.Fold.Causes(), cause => cause.Cause is "missing" or "station-silent" or "site-unobserved");
        Listen(minutes: 300, 1, 2);
        Assert.Empty(_ranch.Report(Facility).Excluded);
        Assert.InRange(_ranch.Fold.Core.DowntimeTotalSeconds, 36_000, 36_060);

        // Six hours of listening make it missing all the same, later.
        Listen(minutes: 70, 1, 2);
        Assert.Equal("missing", Assert.Single(_ranch.Report(Facility).Excluded).Reason);
    }

    [Fact]
    public void Backlog_of_the_downtime_shows_who_was_gone()
    {
        Listen(minutes: 30, 1, 2, 3);
        var from = _ranch.Now;
        _ranch.Wait(TimeSpan.FromHours(10)).Tick();
        for (var minute = 1; minute < 600; minute++)
        {
            _ranch.Hear("bs-1", Round("bs-1", ++_sequence, from.AddMinutes(minute), Well, 1, 2));
        }

        _ranch.Wait(Minute).Tick();
        Assert.Equal([Animal(3)], Assert.Single(_ranch.Report(Facility).Excluded).AssetIds);
    }

    [Fact]
    public void Found_counts_only_from_the_accepted_answer_of_its_tag()
    {
        Listen(minutes: 1, 1, 2, 3);
        Listen(minutes: 370, 1, 2);
        _ranch.Submit(Answer("missing", accepted: true));
        Listen(minutes: 1, 1, 2, 3);
        Assert.Equal(["found"], _ranch.Fold.Core.Transitions.Open.Select(open => open.Transition));
        Assert.Equal("missing", Assert.Single(_ranch.Report(Facility).Excluded).Reason);

        _ranch.Submit(Answer("found", accepted: true));
        Assert.Empty(_ranch.Report(Facility).Excluded);
        Assert.Equal("not-open", _ranch.Refusal(Answer("found", accepted: true)));
    }

    [Fact]
    public void A_refused_find_stays_out_and_is_asked_again_only_after_an_hour()
    {
        Listen(minutes: 1, 1, 2, 3);
        Listen(minutes: 370, 1, 2);
        _ranch.Submit(Answer("missing", accepted: true));
        Listen(minutes: 1, 1, 2, 3);
        _ranch.Submit(Answer("found", accepted: false));
        Listen(minutes: 50, 1, 2, 3);
        Assert.Empty(_ranch.Fold.Core.Transitions.Open);
        Assert.Equal("missing", Assert.Single(_ranch.Report(Facility).Excluded).Reason);
        Listen(minutes: 15, 1, 2, 3);
        Assert.Equal("found", Assert.Single(_ranch.Fold.Core.Transitions.Open).Transition);
    }

    private static AnswerTransition Answer(string transition, bool accepted) =>
        new($"{transition}-{accepted}", Tag(3), Animal(3), transition, accepted, accepted ? null : "tampered", 1);

    private void Listen(int minutes, params int[] animals)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            _ranch.Wait(Minute).Hear("bs-1", Round("bs-1", ++_sequence, _ranch.Now, Well, animals)).Tick();
        }
    }
}
