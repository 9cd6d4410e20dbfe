using CsCheck;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Tests.Silo.Sites;
using Xunit;
using static Earmark.Tests.Silo.Warehouses.GoodsWorld;

namespace Earmark.Tests.Silo.Warehouses;

public sealed class WeighingTests
{
    private readonly FoldRun _house = new FoldRun(SiteKind.Warehouse, "wh-1").Submit(Opening()).Submit(Lots(Lot("lot-1", 100))).Submit(Pledge("lot-1"));
    private uint _sequence;

    [Fact]
    public void A_lot_counts_what_was_weighed_in_and_no_more_than_what_is_booked()
    {
        Assert.Equal("unweighed", Assert.Single(_house.Report(Facility).Excluded).Reason);
        Weigh(ScalePurpose.Inbound, 40_000);
        Weigh(ScalePurpose.Inbound, 58_000);
        Assert.Equal(98 * Tonne, Counted("lot-1"));
        Weigh(ScalePurpose.Inbound, 3_000);
        Assert.Equal(100 * Tonne, Counted("lot-1"));
    }

    [Fact]
    public void Goods_going_out_over_the_scale_lower_it_and_a_gap_past_its_limit_excludes()
    {
        Weigh(ScalePurpose.Inbound, 100_000);
        Weigh(ScalePurpose.Outbound, 4_000);
        Assert.Equal(96 * Tonne, Counted("lot-1"));
        Assert.True(_house.Eligible(Facility) < 96 * Tonne);
        Weigh(ScalePurpose.Outbound, 2_000);
        Assert.Equal("reconciliation-gap", Assert.Single(_house.Report(Facility).Excluded).Reason);
        Assert.Contains(_house.Fold.Causes(), cause => cause.Cause == "reconciliation-gap" && cause.Subject == "lot-1");
    }

    [Theory]
    [InlineData(ScaleFlags.None)]
    [InlineData(ScaleFlags.Overload)]
    [InlineData(ScaleFlags.TareActive)]
    public void What_is_not_stable_or_has_no_weight_changes_nothing(ScaleFlags flags)
    {
        Weigh(ScalePurpose.Inbound, 100_000);
        Hear(Weighing("scale-1", ++_sequence, _house.Now, ScalePurpose.Outbound, "LOT-1", 50_000, flags));
        Weigh(ScalePurpose.Continuous, 50_000);
        Assert.Equal(100 * Tonne, Counted("lot-1"));
    }

    [Fact]
    public void One_load_shown_twice_is_weighed_once()
    {
        Weigh(ScalePurpose.Inbound, 40_000);
        Hear(Weighing("scale-1", ++_sequence, _house.Now.AddSeconds(-60), ScalePurpose.Inbound, "LOT-1", 40_000));
        Assert.Equal(40 * Tonne, Counted("lot-1"));
        _house.Wait(TimeSpan.FromMinutes(10));
        Weigh(ScalePurpose.Inbound, 40_000);
        Assert.Equal(80 * Tonne, Counted("lot-1"));
    }

    [Fact]
    public void A_check_weighing_lowers_to_what_is_there_and_never_raises()
    {
        Weigh(ScalePurpose.Inbound, 100_000);
        Weigh(ScalePurpose.Check, 97_000);
        Assert.Equal(97 * Tonne, Counted("lot-1"));
        Assert.Contains(_house.Fold.Causes(), cause => cause.Cause == "check-shortfall");
        Weigh(ScalePurpose.Check, 120_000);
        Assert.Equal(100 * Tonne, Counted("lot-1"));
    }

    [Fact]
    public void A_scale_added_to_a_zone_takes_nothing_from_its_lots_until_it_was_heard_first()
    {
        var house = new FoldRun(SiteKind.Warehouse, "wh-1")
            .Submit(new DefineSite("define", "officer", "demo-bank", SiteKind.Warehouse, ["zone-a", "weighbridge"]))
            .Submit(new BindStations("stations", "officer", [new StationBinding("scale-1", "warehouse-scale", "weighbridge")]))
            .Submit(Lots(Lot("lot-1", 100))).Submit(Pledge("lot-1"));
        house.Hear("scale-1", Weighing("scale-1", 1, house.Now, ScalePurpose.Inbound, "LOT-1", 100_000));
        var before = house.Eligible(Facility);
        house.Submit(new BindStations("another", "officer", [new StationBinding("scale-2", "warehouse-scale", "zone-a")]));
        Assert.True(before > 0);
        Assert.Equal(before, house.Eligible(Facility));

        house.Hear("scale-2", Weighing("scale-2", 1, house.Now, ScalePurpose.Continuous, "", 0));
        house.Wait(TimeSpan.FromDays(2)).Hear("scale-1", Weighing("scale-1", 2, house.Now, ScalePurpose.Continuous, "", 0));
        Assert.True(house.Eligible(Facility) < before, "its own scale was heard once and is silent since");
    }

    [Fact]
    public void Goods_nobody_booked_stand_as_an_alarm()
    {
        Hear(Weighing("scale-1", ++_sequence, _house.Now, ScalePurpose.Outbound, "", 12_000));
        Assert.Equal(1, _house.Fold.Summary(1, [], [], []).Counts["unmatched-weighings"]);
        Assert.Contains(_house.Fold.Causes(), cause => cause.Subject == "scale-1" && cause.Detail.Contains("12000 kg", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scale_with_an_opened_housing_raises_nothing()
    {
        Weigh(ScalePurpose.Inbound, 50_000);
        _house.Wait(TimeSpan.FromMinutes(10));
        Hear(Weighing("scale-1", ++_sequence, _house.Now, ScalePurpose.Inbound, "LOT-1", 50_000, frame: FrameFlags.Tamper));
        Assert.Equal(50 * Tonne, Counted("lot-1"));
        Hear(Weighing("scale-1", ++_sequence, _house.Now, ScalePurpose.Outbound, "LOT-1", 1_000, frame: FrameFlags.Tamper));
        Assert.Equal(49 * Tonne, Counted("lot-1"));
    }

    [Fact]
    public void Value_falls_with_an_expired_calibration_and_past_the_shelf_life()
    {
        var until = HandClock.Start.AddDays(10);
        var house = new FoldRun(SiteKind.Warehouse, "wh-1").Submit(Opening(calibratedUntil: until))
            .Submit(Lots(Lot("lot-1", 100), Lot("lot-2", 100, until))).Submit(Pledge("lot-1", "lot-2"));
        house.Wait(TimeSpan.FromMinutes(1));
        house.Hear("scale-1", Weighing("scale-1", 1, house.Now, ScalePurpose.Inbound, "LOT-1", 100_000));
        house.Hear("scale-1", Weighing("scale-1", 2, house.Now, ScalePurpose.Inbound, "LOT-2", 100_000));
        Assert.Equal((100, 100), (Left("lot-1"), Left("lot-2")));

        Later(TimeSpan.FromDays(25), 3);
        Assert.Equal((50, 25), (Left("lot-1"), Left("lot-2")));
        Later(TimeSpan.FromDays(16), 4);
        Assert.Equal((0, 0), (Left("lot-1"), Left("lot-2")));
        Assert.Equal(["calibration-expired"], house.Report(Facility).Excluded.Select(excluded => excluded.Reason));

        void Later(TimeSpan time, uint sequence) =>
            house.Wait(time).Hear("scale-1", Weighing("scale-1", sequence, house.Now, ScalePurpose.Continuous, "", 0));

        long Left(string lot) => (house.Asset(lot).Line.EligibleGrams + (Tonne / 2)) / Tonne;
    }

    [Fact]
    public void Weighings_in_any_order_end_in_the_same_quantity() =>
        Gen.Select(Gen.Bool, Gen.Int[100, 5_000]).List[1, 12]
            .SelectMany(loads => Gen.Shuffle(loads.Select((load, at) => (load.Item1, load.Item2, at)).ToArray()))
            .Sample(
                loads =>
                {
                    var house = new FoldRun(SiteKind.Warehouse, "wh-1").Submit(Opening()).Submit(Lots(Lot("lot-1", 1_000))).Wait(TimeSpan.FromDays(1));
                    foreach (var (inbound, kilograms, at) in loads)
                    {
                        var purpose = inbound ? ScalePurpose.Inbound : ScalePurpose.Outbound;
                        house.Hear("scale-1", Weighing("scale-1", (uint)at + 1, house.Now.AddMinutes(-10 * at), purpose, "LOT-1", kilograms));
                    }

                    var expected = loads.Sum(load => (load.Item1 ? 1_000L : -1_000L) * load.Item2);
                    Assert.Equal(Math.Clamp(expected, 0, 1_000 * Tonne), house.Asset("lot-1").Line.QuantityGrams);
                },
                iter: 50);

    [Fact]
    public void A_snapshot_keeps_every_lot() => Assert.NotNull(_house.Restart());

    private void Weigh(ScalePurpose purpose, int kilograms) =>
        Hear(Weighing("scale-1", ++_sequence, _house.Wait(TimeSpan.FromMinutes(5)).Now, purpose, "LOT-1", kilograms));

    private void Hear(byte[] frame) => _house.Hear("scale-1", frame);

    private long Counted(string lot) => _house.Asset(lot).Line.QuantityGrams;
}
