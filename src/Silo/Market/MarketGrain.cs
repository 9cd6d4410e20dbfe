using Earmark.Contracts;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Market;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Finance;
using Earmark.Silo.Keeping;
using Earmark.Storage.Book;
using Microsoft.Extensions.Logging;
using ContractPrices = Earmark.Contracts.Lending.PriceTable;

namespace Earmark.Silo.Market;

/// <summary>Prices of one institution. A posting is a version in the Book first; then every facility is told, and no herd.</summary>
public sealed class MarketGrain(IPrices prices, ILendingBook lending, DomainClock clock, ILogger<MarketGrain> log) : Grain, IMarketGrain
{
    public const int MaximumLines = 1_000;

    private const int MaximumText = 100;
    private const int ToldAtOnce = 32;

    /// <summary>How far ahead of us a poster's clock may run; beyond it a price would count before its time.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private string InstitutionId => this.GetPrimaryKeyString();

    public async ValueTask<CommandReceipt> Post(PricePosting posting)
    {
        var now = clock.GetUtcNow();
        if (WhyNot(posting, now) is { } wrong)
        {
            return CommandReceipt.Refuse("bad-prices", wrong);
        }

        try
        {
            var rows = posting.Prices.Select(line => new PriceRow(line.PriceClass, line.Grade, line.FenPerTonne, line.EffectiveAt, posting.Source, 0, posting.By));
            var version = await prices.PostAsync(InstitutionId, posting.PostingId, posting.By, posting.Source, now, [.. rows], CancellationToken.None);
            await Tell(await Read());
            return new CommandReceipt(true, null, null, version);
        }
        catch (RepeatedIdException)
        {
            return CommandReceipt.Refuse("repeated-id", $"'{posting.PostingId}' was used before with other prices.");
        }
    }

    public async ValueTask<ContractPrices> Current() => await Read();

    private async Task<ContractPrices> Read()
    {
        var (version, rows) = await prices.CurrentAsync(InstitutionId, CancellationToken.None);
        return new ContractPrices(
            InstitutionId, version, [.. rows.Select(row => new PriceLine(row.PriceClass, row.Grade, row.FenPerTonne, row.EffectiveAt, row.Source))]);
    }

    private async Task Tell(ContractPrices table)
    {
        var facilities = await lending.FacilitiesAsync(InstitutionId, CancellationToken.None);
        var failures = await Rounds.Run(
            facilities,
            ToldAtOnce,
            facility => GrainFactory.GetGrain<IFacilityGrain>(facility.FacilityId).PricesChanged(table).AsTask(),
            facility => facility.FacilityId,
            log);

        // Each facility reads the prices again at its tick, so one that was not told is late, not wrong.
        if (failures.Count > 0)
        {
            log.LogWarning("Price version {Version} did not reach {Count} facilities", table.Version, failures.Count);
        }
    }

    private static string? WhyNot(PricePosting posting, DateTimeOffset now) =>
        string.IsNullOrWhiteSpace(posting.PostingId) || posting.PostingId.Length > MaximumText ? "A posting has an id."
        : posting.Source.Length > MaximumText ? $"A source has at most {MaximumText} characters."
        : posting.Prices.Length is 0 or > MaximumLines ? $"A posting has 1 to {MaximumLines} prices."
        : posting.Prices.Select(line => (line.PriceClass, line.Grade)).Distinct().Count() != posting.Prices.Length ? "A class and grade is priced twice."
        : Array.Find(posting.Prices, line => !IsLine(line)) is { } bad ? $"{bad.PriceClass}/{bad.Grade}: no such class or price."
        : posting.Prices.Any(line => line.EffectiveAt > now + ClockTolerance) ? "A price takes effect when it is posted, not ahead of it."
        : null;

    private static bool IsLine(PriceLine line) =>
        Names.IsValid(line.PriceClass) && (line.Grade.Length == 0 || Names.IsValid(line.Grade))
        && line.FenPerTonne is >= 0 and <= ClassPrice.MaximumFenPerTonne;
}
