using Earmark.Contracts.Lending;
using Earmark.Contracts.Market;
using Earmark.Contracts.Sites;
using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Silo.Lending;

/// <summary>
/// One ranch that secures one facility, told to the facility by reports alone: 100 cattle of 500 kg at 30 yuan/kg are 1.5 million
/// yuan, 1.35 million after the haircut of a tenth.
/// </summary>
internal sealed class Ranch(Bank bank)
{
    public const string Facility = "facility-1";
    public const string Site = "ranch-1";
    public const long WeightGrams = 500_000;
    public const long ThirtyYuan = 3_000_000;

    private long position;

    public IFacilityGrain Grain => bank.Grains.GetGrain<IFacilityGrain>(Facility);

    public ILendingBook Book => bank.Service<ILendingBook>();

    public static string Animal(int number) => $"cow-{number:000}";

    public async Task OpenAsync(int pledged = 100, string facility = Facility)
    {
        var lines = new LinesView(600_000, 650_000, 750_000, 850_000, 20_000);
        var opening = new FacilityOpening(
            $"open-{facility}", "officer", facility, "cattle-line", "herder-1", "牧民一", 200_000_000_00, 43_500, ["beef-cattle"], 100_000, 700_000, lines, 3);
        Assert.True((await bank.Grains.GetGrain<ILendingDeskGrain>(Bank.Institution).OpenFacility(opening)).Accepted);
        await PledgeInBook(pledged, facility);
        Assert.True((await Post("p-1", ThirtyYuan)).Accepted);
    }

    public ValueTask<CommandReceipt> Post(string id, long fenPerTonne, DateTimeOffset? effectiveAt = null) =>
        bank.Grains.GetGrain<IMarketGrain>(Bank.Institution).Post(new PricePosting(
            id, "trader", "test", [new PriceLine("beef-cattle", "", fenPerTonne, effectiveAt ?? bank.Clock.GetUtcNow(), "test")]));

    /// <summary>A report of all animals but the dead, sent by the ranch and taken by the facility when this returns.</summary>
    public async Task Report(int alive, int[]? dead = null, DateTimeOffset? unobservedSince = null) =>
        await Grain.Report(Reported(++position, alive, dead ?? [], unobservedSince));

    public CollateralReport Reported(long at, int alive, int[] dead, DateTimeOffset? unobservedSince = null)
    {
        var now = bank.Clock.GetUtcNow();
        var grams = alive * WeightGrams;
        ExcludedQuantity[] excluded = dead.Length == 0
            ? []
            : [new ExcludedQuantity("dead-presumed", "beef-cattle", "simmental", dead.Length, dead.Length * WeightGrams, [.. dead.Select(Animal)])];
        return new CollateralReport(
            Site, Facility, 1, at, 1, now, now.AddMinutes(2), unobservedSince,
            [new QuantityRow("beef-cattle", "simmental", "pen-1", alive, grams, grams, grams, grams)], excluded, [], []);
    }

    public ValueTask<MoneyReceipt> Draw(string orderId, long yuan, string by = "officer") => Grain.Draw(
        new DrawOrder(orderId, by, yuan * 100, "feed-merchant", 12, DateOnly.FromDateTime(bank.Clock.GetUtcNow().AddDays(30).UtcDateTime)));

    public async Task<FacilityView> View() => (await Grain.View())!;

    /// <summary>The view once the decisions behind the last report or price are committed.</summary>
    public async Task<FacilityView> Settled()
    {
        await Grain.Tick(bank.Clock.GetUtcNow());
        return await View();
    }

    public Task<IReadOnlyList<MarginCallRow>> Calls() => Book.MarginCallsAsync(Bank.Institution, Facility, openOnly: false, 0, 50, Bank.Cancel);

    private async Task PledgeInBook(int count, string facility)
    {
        var state = (await Book.FacilityAsync(facility, Bank.Cancel))!;
        var now = bank.Clock.GetUtcNow();
        var pledges = Enumerable.Range(0, count).Select(number => new PledgeRow(Animal(number), facility, Site, "zd-1", now, null)).ToList();
        var decision = new LendingDecision(
            $"pledge/{facility}/seed", facility, state.Facility.Version, "pledge", "accepted", "{}", "{}", "seed", now, [], pledges, [], [], null, []);
        Assert.Equal(CommitResult.Committed, await Book.CommitAsync(decision, Bank.Cancel));
        await bank.Grains.GetGrain<IFacilityGrain>(facility).Tick(now);
    }
}
