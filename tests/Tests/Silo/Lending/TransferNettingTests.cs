using CsCheck;
using Earmark.Contracts.Sites;
using Earmark.Silo.Lending.Cover;
using Xunit;

namespace Earmark.Tests.Silo.Lending;

public sealed class TransferNettingTests
{
    private static readonly string[] Sites = ["warehouse-a", "truck-1", "warehouse-b"];

    /// <summary>
    /// Goods go from warehouse to truck to warehouse, sometimes on from there. Any report of any moment may reach the
    /// facility at any time, any number of times; closing waits until the facility has seen both sides, as it does.
    /// </summary>
    [Fact]
    public void Goods_under_way_are_counted_once_however_reports_are_delayed_repeated_and_reordered()
    {
        var deliveries = Gen.Int[0, 2].Array[0, 3].Array[14];
        Gen.Select(deliveries, Gen.Int[1, 1_000], Gen.Int[0, 999]).Sample((orders, grams, other) =>
        {
            var world = new World(grams, other % grams);
            foreach (var order in orders)
            {
                world.Step();
                foreach (var site in order)
                {
                    world.Deliver(Sites[site]);
                    Assert.Equal(grams, world.CountedGrams());
                }
            }
        });
    }

    [Fact]
    public void What_the_taker_has_accepted_is_taken_off_a_giver_whose_report_is_older()
    {
        var giver = Report("warehouse-a", 10, [Row(100)], [], []);
        var taker = Report("truck-1", 5, [Row(40)], [], [new TransferLine("t-1", Row(40), "warehouse-a", 11)]);
        Assert.Equal(100, TransferNetting.Count([giver, taker]).Sum(counted => counted.Row.QuantityGrams));
        var gave = Report("warehouse-a", 11, [Row(60)], [new TransferLine("t-1", Row(40))], []);
        Assert.Equal(100, TransferNetting.Count([gave, taker]).Sum(counted => counted.Row.QuantityGrams));
        Assert.Equal([("warehouse-a", "t-1")], TransferNetting.Closable([gave, taker]));
        Assert.Empty(TransferNetting.Closable([giver, taker]));
    }

    [Fact]
    public void Other_classes_are_left_alone()
    {
        var other = Row(500) with { PriceClass = "wheat" };
        var giver = Report("warehouse-a", 10, [other, Row(100)], [], []);
        var taker = Report("truck-1", 5, [Row(100)], [], [new TransferLine("t-1", Row(100), "warehouse-a", 11)]);
        var counted = TransferNetting.Count([giver, taker]);
        Assert.Equal(500, counted.Where(one => one.Row.PriceClass == "wheat").Sum(one => one.Row.QuantityGrams));
        Assert.Equal(100, counted.Where(one => one.Row.PriceClass == "corn").Sum(one => one.Row.QuantityGrams));
    }

    private static QuantityRow Row(long grams) => new("corn", "", "zone", 1, grams, grams, grams, grams);

    private static CollateralReport Report(string site, long position, QuantityRow[] rows, TransferLine[] outgoing, TransferLine[] accepted) =>
        new(site, "facility-1", 1, position, 1, default, default, null, rows, [], outgoing, accepted);

    /// <summary>Three sites with journals, and the facility's shelf of the newest report of each that reached it.</summary>
    private sealed class World
    {
        private readonly Dictionary<string, Holder> holders = Sites.ToDictionary(site => site, site => new Holder(site));
        private readonly Dictionary<string, CollateralReport> shelf = [];
        private int step;

        public World(long grams, long kept)
        {
            holders[Sites[0]].Held = grams;
            Kept = kept;
            foreach (var site in Sites)
            {
                Deliver(site);
            }
        }

        private long Kept { get; }

        public void Step()
        {
            var (first, truck, last) = (holders[Sites[0]], holders[Sites[1]], holders[Sites[2]]);
            switch (step)
            {
                case 0: first.Give("t-1", first.Held - Kept); break;
                case 1: truck.Take("t-1", first); break;
                case 2 when truck.Held > 0: truck.Give("t-2", truck.Held); break;
                case 3 when truck.Gave("t-2"): last.Take("t-2", truck); break;
            }

            step++;
            foreach (var (giver, transfer) in TransferNetting.Closable([.. shelf.Values.OrderBy(report => report.SiteId)]))
            {
                holders[giver].Close(transfer);
            }
        }

        public void Deliver(string site) => shelf[site] = holders[site].Report();

        public long CountedGrams() =>
            TransferNetting.Count([.. shelf.Values.OrderBy(report => report.SiteId, StringComparer.Ordinal)]).Sum(counted => counted.Row.QuantityGrams);
    }

    private sealed class Holder(string site)
    {
        private readonly Dictionary<string, (long Grams, long Position)> outgoing = [];
        private readonly List<TransferLine> accepted = [];
        private long position = 1;

        public long Held { get; set; }

        public bool Gave(string transfer) => outgoing.ContainsKey(transfer);

        public void Give(string transfer, long grams)
        {
            Held -= grams;
            outgoing[transfer] = (grams, ++position);
        }

        public void Take(string transfer, Holder giver)
        {
            var (grams, given) = giver.outgoing[transfer];
            Held += grams;
            position++;
            accepted.Add(new TransferLine(transfer, Row(grams), giver.Name, given));
        }

        public void Close(string transfer)
        {
            if (outgoing.Remove(transfer))
            {
                position++;
            }
        }

        public CollateralReport Report() => TransferNettingTests.Report(
            site, position, Held > 0 ? [Row(Held)] : [], [.. outgoing.Select(one => new TransferLine(one.Key, Row(one.Value.Grams)))], [.. accepted]);

        private string Name => site;
    }
}
