using System.Globalization;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Market;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Tests.Silo.Cattle;
using Xunit;

namespace Earmark.Tests.Silo;

/// <summary>A ranch brought in through the registrar: a site, a station, animals with tags, heard by real frames.</summary>
internal sealed class Onboarded(Bank bank)
{
    public const string Site = "ranch-1";
    public const string Station = "bs-1";

    private uint sequence;

    public IRegistrarGrain Registrar => bank.Grains.GetGrain<IRegistrarGrain>(Bank.Institution);

    public IRanchGrain Ranch => bank.Grains.GetGrain<IRanchGrain>(Site);

    public IKeeperGrain Keeper => bank.Grains.GetGrain<IKeeperGrain>(0);

    public static string[] Cows(int from, int count) => [.. Enumerable.Range(from, count).Select(RanchWorld.Animal)];

    public async Task OpenAsync(int animals)
    {
        Accepted(await Registrar.OpenSite(Opening()));
        var station = await Registrar.AddDevice(Station1());
        Assert.True(station.Accepted, station.Detail);
        Accepted(await Registrar.Declare(Site, Animals(1, animals)));
        await Hear(Enumerable.Range(1, animals));
    }

    public static SiteOpening Opening(string id = "open-1", string site = Site, SiteKind kind = SiteKind.Ranch) =>
        new(id, "officer", site, kind, "第一牧场", ["pen-1", "pen-2"], 43.9, 116.1);

    public static DeviceOrder Station1(string id = "device-1", string device = Station) => new(id, "officer", device, "base-station", Site, "pen-1", Simulated: true);

    /// <summary>500 kg each, weighed in a chute now.</summary>
    public DeclareAnimals Animals(int from, int count, string id = "animals-1") => new(id, "operator",
        [.. Enumerable.Range(from, count).Select(number => new AnimalDeclaration(
            RanchWorld.Animal(number), RanchWorld.Tag(number), "beef-cattle", "simmental", "female", "pen-1",
            bank.Clock.GetUtcNow().AddYears(-2), 500_000, bank.Clock.GetUtcNow(), "chute", null))]);

    /// <summary>Rounds of the station that hear these animals well, journaled and reported when this returns.</summary>
    public async Task Hear(IEnumerable<int> animals)
    {
        var now = bank.Clock.GetUtcNow();
        foreach (var chunk in animals.Chunk(100))
        {
            var frame = RanchWorld.Round(Station, ++sequence, now, RanchWorld.Well, chunk);
            var receipts = await Ranch.Record(new FrameBatch([new Frame(Station, now, FrameTrust.Verified, frame)]));
            Assert.Equal(FrameOutcome.Recorded, Assert.Single(receipts).Outcome);
        }

        Assert.Empty((await Keeper.Settle(now)).Failures);
    }

    public async Task<IFacilityGrain> Facility(string id, long fenPerTonne = 3_000_000)
    {
        var lines = new LinesView(600_000, 650_000, 750_000, 850_000, 20_000);
        Accepted(await bank.Grains.GetGrain<ILendingDeskGrain>(Bank.Institution).OpenFacility(new FacilityOpening(
            $"open-{id}", "officer", id, "cattle-line", "herder-1", "牧民一", 100_000_000_00, 43_500, ["beef-cattle"], 100_000, 700_000, lines, 3)));
        Accepted(await bank.Grains.GetGrain<IMarketGrain>(Bank.Institution).Post(new PricePosting(
            string.Create(CultureInfo.InvariantCulture, $"p-{id}-{fenPerTonne}"), "trader", "test",
            [new PriceLine("beef-cattle", "", fenPerTonne, bank.Clock.GetUtcNow(), "test")])));
        return bank.Grains.GetGrain<IFacilityGrain>(id);
    }

    public DrawOrder Draw(string id, long yuan) =>
        new(id, "officer", yuan * 100, "feed-merchant", 12, DateOnly.FromDateTime(bank.Clock.GetUtcNow().AddDays(30).UtcDateTime));

    public static void Accepted(CommandReceipt receipt) => Assert.True(receipt.Accepted, $"{receipt.Reason}: {receipt.Detail}");
}
