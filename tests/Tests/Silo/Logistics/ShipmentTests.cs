using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.Tests.Silo.Sites;
using Xunit;
using static Earmark.Tests.Silo.Warehouses.GoodsWorld;

namespace Earmark.Tests.Silo.Logistics;

public sealed class ShipmentTests
{
    private readonly FoldRun _fleet = new FoldRun(SiteKind.Fleet, "fleet-1").Submit(OpeningFleet())
        .Submit([new DeclareShipments("ship", "operator", [Shipment("load-1", 20)]), Pledge("load-1")]);

    private uint _sequence;

    [Fact]
    public void A_sealed_load_on_its_corridor_counts_what_was_weighed_in()
    {
        Assert.Equal("never-heard", Assert.Single(_fleet.Report(Facility).Excluded).Reason);
        At(36.0, 114.2);
        Assert.Equal(20 * Tonne, _fleet.Eligible(Facility));
        Assert.Equal("on-route", _fleet.Asset("load-1").Line.State);
        var point = Assert.Single(_fleet.Asset("load-1").Track);
        Assert.Equal((36.0, 114.2, 60), (point.Latitude, Math.Round(point.Longitude, 5), point.SpeedKilometresPerHour));
    }

    [Fact]
    public void A_load_that_was_never_heard_is_silent_since_it_left_and_not_before_it_could_be_heard()
    {
        Assert.Equal("on-route", _fleet.Asset("load-1").Line.State);
        Assert.DoesNotContain(_fleet.Fold.Causes(), cause => cause.Cause == "silent");
        _fleet.Wait(TimeSpan.FromHours(1)).Tick();
        Assert.Equal(HandClock.Start, Assert.Single(_fleet.Fold.Causes(), cause => cause.Subject == "load-1").Since);
    }

    [Fact]
    public void Off_the_corridor_past_the_tolerance_it_counts_nothing_and_back_on_it_again()
    {
        At(36.0, 114.2);
        At(36.1, 114.3);
        Assert.Equal(("off-corridor", 20 * Tonne), (_fleet.Asset("load-1").Line.State, _fleet.Eligible(Facility)));
        _fleet.Wait(TimeSpan.FromMinutes(8));
        At(36.1, 114.4);
        Assert.Equal("off-corridor", Assert.Single(_fleet.Report(Facility).Excluded).Reason);
        At(36.0, 114.5);
        Assert.Equal(20 * Tonne, _fleet.Eligible(Facility));
    }

    [Fact]
    public void A_late_fix_takes_its_place_in_the_track()
    {
        At(36.0, 114.2);
        var from = _fleet.Now;
        _fleet.Wait(TimeSpan.FromMinutes(20));
        At(36.1, 114.5);
        Assert.Equal("0", Fact("seconds-off-corridor"));
        _fleet.Hear("gps-1", Position(++_sequence, from.AddMinutes(2), 36.1, 114.3));
        Assert.Equal("1200", Fact("seconds-off-corridor"));
        Assert.Equal("off-corridor", Assert.Single(_fleet.Report(Facility).Excluded).Reason);
        Assert.Equal(_fleet.Asset("load-1").Track.OrderBy(point => point.At), _fleet.Asset("load-1").Track);
    }

    [Fact]
    public void A_report_without_a_fix_keeps_it_heard_and_moves_nothing()
    {
        At(36.0, 114.2);
        _fleet.Wait(TimeSpan.FromHours(3)).Hear("gps-1", NoFix(++_sequence, _fleet.Now));
        Assert.Equal(_fleet.Now, _fleet.Asset("load-1").Line.LastHeardAt);
        Assert.Single(_fleet.Asset("load-1").Track);
        Assert.Equal(20 * Tonne, _fleet.Eligible(Facility));
    }

    [Fact]
    public void A_broken_seal_takes_all_value_until_its_node_agrees_that_it_is_whole()
    {
        At(36.0, 114.2);
        At(36.0, 114.3, GpsInputs.DoorOpen);
        Assert.Equal("seal-broken", Assert.Single(_fleet.Report(Facility).Excluded).Reason);
        Assert.Equal("seal-broken", Assert.Single(_fleet.Fold.Core.Transitions.Open).Transition);
        _fleet.Submit(new AnswerTransition("a", "gps-1", "load-1", "seal-broken", true, null, 1));
        At(36.0, 114.4);
        Assert.Equal("found", Assert.Single(_fleet.Fold.Core.Transitions.Open).Transition);
        Assert.Equal(0, _fleet.Eligible(Facility));
        _fleet.Submit(new AnswerTransition("b", "gps-1", "load-1", "found", true, null, 2));
        Assert.Equal(20 * Tonne, _fleet.Eligible(Facility));
    }

    [Fact]
    public void A_seal_that_was_open_counts_also_when_it_is_heard_of_late()
    {
        At(36.0, 114.2);
        var then = _fleet.Now;
        _fleet.Wait(TimeSpan.FromMinutes(30));
        At(36.0, 114.3);
        _fleet.Hear("gps-1", NoFix(++_sequence, then.AddMinutes(5), GpsInputs.None));
        Assert.Equal("seal-broken", Assert.Single(_fleet.Report(Facility).Excluded).Reason);
    }

    [Fact]
    public void Unheard_it_wanes_in_hours_and_overdue_it_falls()
    {
        At(36.0, 114.2);
        _fleet.Wait(TimeSpan.FromHours(5)).Tick();
        Assert.InRange(_fleet.Eligible(Facility), 9 * Tonne, 11 * Tonne);
        _fleet.Wait(TimeSpan.FromHours(4)).Tick();
        Assert.Equal("silent", Assert.Single(_fleet.Report(Facility).Excluded).Reason);
        _fleet.Wait(TimeSpan.FromHours(30));
        At(36.0, 114.9);
        Assert.Equal("overdue", _fleet.Asset("load-1").Line.State);
        Assert.InRange(_fleet.Eligible(Facility), 1, (20 * Tonne) - 1);
    }

    [Fact]
    public void The_track_keeps_two_hundred_points()
    {
        for (var fix = 0; fix < 210; fix++)
        {
            At(36.0, 114.0 + (fix * 0.001));
        }

        Assert.Equal(200, _fleet.Asset("load-1").Track.Length);
        Assert.NotNull(_fleet.Restart());
    }

    private string Fact(string name) => _fleet.Asset("load-1").Facts.Single(fact => fact.Name == name).Value;

    private void At(double latitude, double longitude, GpsInputs inputs = GpsInputs.SealIntact) =>
        _fleet.Wait(TimeSpan.FromMinutes(2)).Hear("gps-1", Position(++_sequence, _fleet.Now, latitude, longitude, inputs));
}
