using Earmark.Contracts.Devices;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Market;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Storage.Book;
using Earmark.Tests.FirmwareProtocols;
using Xunit;

namespace Earmark.Tests.Silo.Devices;

/// <summary>A lot from warehouse to truck to warehouse, through the registrar, real sites and the facility it secures.</summary>
public sealed class TransferTests
{
    private const long Grams = 30_000_000;

    [Fact]
    public async Task A_pledged_lot_is_counted_once_from_warehouse_to_truck_to_warehouse()
    {
        await using var bank = await Bank.OpenAsync();
        var way = new Way(bank);
        await way.OpenAsync();
        Assert.Equal((Grams, "current"), await way.Counted());

        Onboarded.Accepted(await way.Registrar.Transfer(way.Loading));
        await way.HeldAllTheWay();
        Assert.Equal("truck-a", Assert.Single((await way.View()).Factors, row => row.QuantityGrams > 0).Zone);
        Onboarded.Accepted(await way.Registrar.Transfer(way.Loading));
        await way.HeldAllTheWay();

        Onboarded.Accepted(await way.Registrar.Transfer(way.Unloading));
        await way.HeldAllTheWay();
        await way.HeldAllTheWay();
        var view = await way.View();
        Assert.Equal("warehouse-2", Assert.Single(view.Factors, row => row.QuantityGrams > 0).SiteId);
        var lending = bank.Service<ILendingBook>();
        Assert.Equal("warehouse-2", (await lending.ActivePledgeAsync("lot-2", Bank.Cancel))!.SiteId);
        Assert.Null(await lending.ActivePledgeAsync("lot-1", Bank.Cancel));
        Assert.Null(await lending.ActivePledgeAsync("shipment-1", Bank.Cancel));
        Assert.Equal("transferred", (await bank.Service<IRegister>().AssetAsync("shipment-1", Bank.Cancel))!.EndedBecause);
        Assert.Empty((await way.ReportOf(SiteKind.Fleet, "fleet-1")).Outgoing);
    }

    [Fact]
    public async Task More_than_is_there_does_not_move_and_a_used_id_moves_nothing_else()
    {
        await using var bank = await Bank.OpenAsync();
        var way = new Way(bank);
        await way.OpenAsync();
        Assert.Equal("not-enough", (await way.Registrar.Transfer(way.Loading with { QuantityGrams = Grams + 1 })).Reason);
        Assert.Equal("bad-transfer", (await way.Registrar.Transfer(way.Loading with { ToAssetId = "lot-1" })).Reason);
        Assert.Equal("unknown-asset", (await way.Registrar.Transfer(way.Loading with { AssetId = "lot-9" })).Reason);
        Onboarded.Accepted(await way.Registrar.Transfer(way.Loading));
        Assert.Equal("repeated-id", (await way.Registrar.Transfer(way.Loading with { QuantityGrams = 1 })).Reason);
        await way.HeldAllTheWay();
    }

    private sealed class Way(Bank bank)
    {
        private uint sequence;

        public IRegistrarGrain Registrar => bank.Grains.GetGrain<IRegistrarGrain>(Bank.Institution);

        public TransferOrder Loading => new("t-1", "dispatcher", "warehouse-1", "lot-1", Grams, "fleet-1", "shipment-1", "truck-a");

        public TransferOrder Unloading => new("t-2", "dispatcher", "fleet-1", "shipment-1", Grams, "warehouse-2", "lot-2", "zone-a");

        public async Task OpenAsync()
        {
            await Open("warehouse-1", SiteKind.Warehouse, "zone-a", "scale-1", "warehouse-scale");
            await Open("warehouse-2", SiteKind.Warehouse, "zone-a", "scale-2", "warehouse-scale");
            await Open("fleet-1", SiteKind.Fleet, "truck-a", "node-1", "gps-node");
            var now = bank.Clock.GetUtcNow();
            Onboarded.Accepted(await Registrar.Declare("warehouse-1", new DeclareLots("lots-1", "operator",
                [new LotDeclaration("lot-1", "L1", "corn", "grade-2", "zone-a", Grams, now, null, null)])));
            Onboarded.Accepted(await Registrar.Declare("fleet-1", new DeclareShipments("ship-1", "operator",
                [new ShipmentDeclaration("shipment-1", "node-1", "corn", "grade-2", "truck-a", 0, [], 500, now.AddHours(8), now.AddHours(30), null)])));
            await Weigh("warehouse-1", "scale-1", "L1", ScalePurpose.Inbound);
            await Weigh("warehouse-2", "scale-2", "other", ScalePurpose.Continuous);
            await HearNode();

            var lines = new LinesView(600_000, 650_000, 750_000, 850_000, 20_000);
            Onboarded.Accepted(await bank.Grains.GetGrain<ILendingDeskGrain>(Bank.Institution).OpenFacility(new FacilityOpening(
                "open", "officer", "facility-1", "warehouse-line", "trader-1", "粮商", 1_000_000_00, 43_500, ["corn"], 100_000, 700_000, lines, 3)));
            Onboarded.Accepted(await bank.Grains.GetGrain<IMarketGrain>(Bank.Institution).Post(
                new PricePosting("p-1", "trader", "test", [new PriceLine("corn", "", 240_000, now, "test")])));
            Onboarded.Accepted(await bank.Grains.GetGrain<IFacilityGrain>("facility-1").Pledge(
                new PledgeOrder("pledge-1", "officer", "warehouse-1", ["lot-1"], "zd-1")));
            await Settle();
        }

        public async Task<FacilityView> View() => (await bank.Grains.GetGrain<IFacilityGrain>("facility-1").View())!;

        public async Task<(long, string)> Counted()
        {
            var view = await View();
            return (view.Factors.Sum(row => row.QuantityGrams), view.State);
        }

        /// <summary>At every step until all have reported and ticked, the facility counts what was weighed: no more, no less.</summary>
        public async Task HeldAllTheWay()
        {
            Assert.Equal(Grams, (await Counted()).Item1);
            await Settle();
            Assert.Equal((Grams, "current"), await Counted());
        }

        public async Task<CollateralReport> ReportOf(SiteKind kind, string site) => (await bank.Grains.Site(kind, site).ReportFor("facility-1"))!;

        private async Task Settle() => Assert.Empty((await bank.Grains.GetGrain<IKeeperGrain>(0).Settle(bank.Clock.GetUtcNow())).Failures);

        private async Task Open(string site, SiteKind kind, string zone, string device, string deviceKind)
        {
            Onboarded.Accepted(await Registrar.OpenSite(new SiteOpening($"open-{site}", "officer", site, kind, site, [zone], null, null)));
            var added = await Registrar.AddDevice(new DeviceOrder($"add-{device}", "officer", device, deviceKind, site, zone, Simulated: true));
            Assert.True(added.Accepted, added.Detail);
        }

        private async Task Weigh(string site, string scale, string lot, ScalePurpose purpose)
        {
            Assert.True(ScaleReference.TryParse(lot, out var reference));
            var payload = new byte[WarehouseScaleCodec.PayloadLength];
            WarehouseScaleCodec.Write(new ScaleReading(30_000, 0, 30_000, 0, WeightUnit.Kilogram, ScaleFlags.Stable, purpose, reference), payload);
            await Record(SiteKind.Warehouse, site, scale, DeviceKind.WarehouseScale, payload);
        }

        private async Task HearNode()
        {
            var payload = new byte[GpsNodeCodec.PayloadLength];
            GpsNodeCodec.Write(new GpsReading(GpsFix.Gnss, new GpsPosition(439_000_000, 1_161_000_000, 0, 0, 50), 9, GpsInputs.SealIntact, 90), payload);
            await Record(SiteKind.Fleet, "fleet-1", "node-1", DeviceKind.GpsNode, payload);
        }

        private async Task Record(SiteKind kind, string site, string device, DeviceKind deviceKind, byte[] payload)
        {
            var now = bank.Clock.GetUtcNow();
            var header = new EnvelopeHeader(deviceKind, Keys.Name(device), 1, ++sequence, now.ToUnixTimeMilliseconds(), FrameFlags.None, 1);
            var receipts = await bank.Grains.Site(kind, site).Record(
                new FrameBatch([new Frame(device, now, FrameTrust.Verified, Keys.Frame(header, payload))]));
            Assert.Equal(FrameOutcome.Recorded, Assert.Single(receipts).Outcome);
        }
    }
}
