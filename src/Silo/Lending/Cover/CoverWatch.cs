using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Finance;
using Earmark.Silo.Lending.Calls;
using ContractPrices = Earmark.Contracts.Lending.PriceTable;

namespace Earmark.Silo.Lending.Cover;

/// <summary>
/// A facility's cover as it is followed in memory: the newest reports, the prices of one version, the line state with its
/// hysteresis, and where the cover last was clear. Synchronous, so it is never seen half changed.
/// </summary>
internal sealed class CoverWatch
{
    private readonly ReportShelf shelf = new();
    private ClassPrice[] prices = [];

    public long PriceVersion { get; private set; }

    public LineState Line { get; private set; }

    public ClearStanding? Clear { get; private set; }

    public IReadOnlyCollection<CollateralReport> Reports => shelf.All;

    public bool TryTake(CollateralReport report) => shelf.TryTake(report);

    public bool TryTake(ContractPrices table)
    {
        if (table.Version <= PriceVersion)
        {
            return false;
        }

        PriceVersion = table.Version;
        prices = [.. table.Lines.Select(line => new ClassPrice(line.PriceClass, line.Grade.Length == 0 ? null : line.Grade, line.FenPerTonne, line.EffectiveAt))];
        return true;
    }

    /// <summary>The hysteresis outlives a restart as far as the Book tells: with an open call the line was crossed.</summary>
    public void Resume(FacilityBook book) => Line = book.OpenCall is null ? LineState.Clear : LineState.MarginCall;

    public CoverStep Revalue(FacilityBook book, DateTimeOffset now)
    {
        shelf.DropEnded(book.PledgedSites.Contains, now);
        var step = CoverStep.Compute(Basis(book), now);
        if (step.IsConclusive)
        {
            Line = book.Cover.Next(Line, step.Cover.Ltv, step.Cover.Debt);
            Clear = Line == LineState.Clear && book.OpenCall is null ? ClearStanding.Of(step) : Clear;
        }

        return step;
    }

    /// <summary>The cover with other reports, for what-if questions; moves nothing.</summary>
    public CoverStep Compute(FacilityBook book, IReadOnlyCollection<CollateralReport> reports, DateTimeOffset now) =>
        CoverStep.Compute(Basis(book) with { Reports = reports }, now);

    /// <summary>What the cover is computed from now.</summary>
    public CoverBasis Basis(FacilityBook book) => new(shelf.All, book.PledgedSites, prices, book.Cover, book.Debt);

    public FacilityView View(FacilityBook book, CoverStep step) => FacilityViews.Of(book, step, Line, PriceVersion);
}
