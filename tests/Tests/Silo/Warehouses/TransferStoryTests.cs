using CsCheck;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Silo.Lending.Cover;
using Earmark.Tests.Silo.Sites;
using Xunit;
using static Earmark.Tests.Silo.Warehouses.GoodsWorld;

namespace Earmark.Tests.Silo.Warehouses;

/// <summary>A lot from warehouse to truck to warehouse: whatever way the reports come, the facility counts it once.</summary>
public sealed class TransferStoryTests
{
    private const long All = 100 * Tonne;
    private const long Part = 20 * Tonne;

    [Fact]
    public void The_counted_total_neither_exceeds_what_was_weighed_nor_dips() =>
        Gen.Int[0, 4].Array[60].Sample(
            choices =>
            {
                var story = new Story();
                var picks = choices.GetEnumerator();
                foreach (var step in story.Steps())
                {
                    step();
                    for (var deliveries = 0; deliveries < 3 && picks.MoveNext(); deliveries++)
                    {
                        story.Deliver((int)picks.Current!);
                        Assert.Equal((All, All), (story.Counted(row => row.QuantityGrams), story.Counted(row => row.AfterConfidenceGrams)));
                    }
                }

                story.DeliverAll();
                Assert.Equal(All, story.Counted(row => row.AfterConfidenceGrams));
                Assert.Equal(Part, story.There.Asset("lot-9").Line.EligibleGrams);
            },
            iter: 300);

    [Fact]
    public void Giving_and_taking_are_refused_when_they_would_count_what_is_not_there()
    {
        var story = new Story();
        Assert.Equal("not-enough", story.Here.Refusal(Give("t-1", "lot-1", All + 1)));
        Assert.Equal("unknown-asset", story.Here.Refusal(Give("t-1", "lot-2", 1)));
        story.Here.Submit(Give("t-1", "lot-1", Part));
        Assert.Equal("transfer-known", story.Here.Refusal(Give("t-1", "lot-1", Part)));
        Assert.Equal("class-differs", story.There.Submit(Lots(Lot("lot-9", 0) with { Grade = "grade-1" })).Refusal(TakeTo("t-1", "lot-9", 1)));
    }

    [Fact]
    public void What_nobody_takes_wanes_and_is_lost_after_a_week()
    {
        var story = new Story();
        story.Here.Submit(Give("t-1", "lot-1", Part));
        var line = Assert.Single(story.Here.Report(Facility).Outgoing);
        Assert.Equal((Part, Part), (line.Row.QuantityGrams, line.Row.AfterConfidenceGrams));
        story.Here.Wait(TimeSpan.FromHours(48)).Tick();
        Assert.InRange(Assert.Single(story.Here.Report(Facility).Outgoing).Row.AfterConfidenceGrams, Part * 48 / 100, Part * 50 / 100);
        story.Here.Wait(TimeSpan.FromDays(6)).Tick();
        Assert.Equal(0, Assert.Single(story.Here.Report(Facility).Outgoing).Row.AfterConfidenceGrams);
    }

    [Fact]
    public void Goods_that_come_over_the_scale_after_their_transfer_are_not_counted_twice()
    {
        var story = new Story();
        story.Here.Submit(Give("t-1", "lot-1", Part));
        story.There.Submit(TakeTo("t-1", "lot-9", Part));
        story.Here.Wait(TimeSpan.FromMinutes(1)).Hear("scale-1", Weighing("scale-1", 2, story.Here.Now, ScalePurpose.Outbound, "LOT-1", 20_000));
        story.There.Wait(TimeSpan.FromMinutes(1)).Hear("scale-2", Weighing("scale-2", 2, story.There.Now, ScalePurpose.Inbound, "lot-9", 19_940));

        Assert.Equal(All - Part, story.Here.Asset("lot-1").Line.QuantityGrams);
        Assert.Equal(19_940_000, story.There.Asset("lot-9").Line.QuantityGrams);
    }

    [Fact]
    public void What_was_taken_is_told_for_eight_days()
    {
        var story = new Story();
        story.There.Submit(TakeTo("t-1", "lot-9", Part)).Wait(TimeSpan.FromDays(7)).Tick();
        Assert.Equal(("wh-1", 7), Assert.Single(story.There.Report(Facility).Accepted) is var line ? (line.FromSiteId, line.GivenPosition) : default);
        story.There.Wait(TimeSpan.FromDays(1)).Tick();
        Assert.Empty(story.There.Report(Facility).Accepted);
        Assert.Equal("transfer-known", story.There.Refusal(TakeTo("t-1", "lot-9", Part) with { CommandId = "again" }));
    }

    private static GiveTransfer Give(string id, string asset, long grams) => new(id + "-give", "operator", id, asset, grams, "fleet-1");

    private static TakeTransfer TakeTo(string id, string asset, long grams) =>
        new(id + "-take", "operator", id, "wh-1", asset, Maize, "grade-2", "zone-a", grams, Facility, "zdw-9", 7);

    /// <summary>Three sites and what the facility has of each: its newest report by position, of those that got through.</summary>
    private sealed class Story
    {
        private readonly Dictionary<string, CollateralReport> _newest = [];
        private readonly List<CollateralReport> _underWay = [];
        private long _given;

        public Story()
        {
            Here = new FoldRun(SiteKind.Warehouse, "wh-1").Submit(Opening()).Submit(Lots(Lot("lot-1", 100))).Submit(Pledge("lot-1"));
            Here.Hear("scale-1", Weighing("scale-1", 1, Here.Now, ScalePurpose.Inbound, "LOT-1", 100_000));
            Truck = new FoldRun(SiteKind.Fleet, "fleet-1").Submit(OpeningFleet()).Submit(new DeclareShipments("ship", "operator", [Shipment("load-1")]));
            Truck.Hear("gps-1", Position(1, Truck.Now, 36.0, 114.0));
            There = new FoldRun(SiteKind.Warehouse, "wh-2").Submit(Opening("scale-2"));
            There.Hear("scale-2", Weighing("scale-2", 1, There.Now, ScalePurpose.Continuous, "", 0));
            Send();
            DeliverAll();
        }

        public FoldRun Here { get; }

        public FoldRun Truck { get; }

        public FoldRun There { get; }

        public IEnumerable<Action> Steps()
        {
            yield return () => _given = PositionOf(Here.Submit(Give("t-1", "lot-1", Part)));
            yield return () => Truck.Submit(TakeFrom("t-1", "wh-1", "load-1", "truck-1"));
            yield return () => Close(Here, "wh-1", "t-1");
            yield return () => Here.Wait(TimeSpan.FromMinutes(1)).Hear("scale-1", Weighing("scale-1", 2, Here.Now, ScalePurpose.Outbound, "LOT-1", 20_000));
            yield return () => _given = PositionOf(Truck.Submit(Give("t-2", "load-1", Part)));
            yield return () => There.Submit(TakeFrom("t-2", "fleet-1", "lot-9", "zone-a"));
            yield return () => There.Wait(TimeSpan.FromMinutes(1)).Hear("scale-2", Weighing("scale-2", 2, There.Now, ScalePurpose.Inbound, "lot-9", 20_000));
            yield return () => Close(Truck, "fleet-1", "t-2");
        }

        /// <summary>0–2 the newest of one site gets through; 3 an old one comes again; 4 everything is only sent.</summary>
        public void Deliver(int choice)
        {
            Send();
            var report = choice switch
            {
                0 => _underWay.Last(one => one.SiteId == "wh-1"),
                1 => _underWay.Last(one => one.SiteId == "fleet-1"),
                2 => _underWay.Last(one => one.SiteId == "wh-2"),
                3 => _underWay[_underWay.Count / 2],
                _ => null,
            };
            if (report is not null)
            {
                Take(report);
            }
        }

        public void DeliverAll()
        {
            Send();
            _underWay.ForEach(Take);
        }

        public long Counted(Func<QuantityRow, long> grams) => TransferNetting.Count(_newest.Values).Sum(one => grams(one.Row));

        private void Send() => _underWay.AddRange(new[] { Here, Truck, There }.Select(site => site.Report(Facility)));

        private void Take(CollateralReport report)
        {
            if (!_newest.TryGetValue(report.SiteId, out var known) || known.Position <= report.Position)
            {
                _newest[report.SiteId] = report;
            }
        }

        // A facility closes only what it has seen on both sides.
        private void Close(FoldRun giver, string siteId, string transferId)
        {
            if (TransferNetting.Closable(_newest.Values).Contains((siteId, transferId)))
            {
                giver.Submit(new CloseTransfer("close-" + transferId, "facility", transferId));
            }
        }

        private TakeTransfer TakeFrom(string id, string giver, string asset, string zone) =>
            new(id + "-take", "operator", id, giver, asset, Maize, "grade-2", zone, Part, Facility, "zdw-9", _given);

        private static long PositionOf(FoldRun site) => site.Fold.Core.Position;
    }
}
