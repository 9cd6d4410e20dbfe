using Earmark.Contracts.Lending;

namespace Earmark.Portal.Reads;

/// <summary>One cell of the portfolio: how many facilities, and what they owe.</summary>
public readonly record struct PortfolioCell(int Count, long DebtFen);

/// <summary>A portfolio by band of LTV and kind of collateral, from the newest views. Pure.</summary>
public sealed class Portfolio
{
    public const string NoKind = "none";

    /// <summary>Bands in order of danger; codes.</summary>
    public static readonly string[] Bands = ["no-debt", "below-draw", "below-warning", "below-call", "below-liquidation", "beyond"];

    private static readonly string[] SilentReasons = ["missing", "silent", "never-heard", "tag-removed"];

    private readonly Dictionary<(string Band, string Kind), PortfolioCell> cells = [];

    /// <param name="views">At most all of one institution.</param>
    /// <param name="kindOf">Kind of the sites a facility stands on: ranch, warehouse, fleet or <see cref="NoKind"/>.</param>
    public Portfolio(IReadOnlyCollection<FacilityView> views, Func<FacilityView, string> kindOf)
    {
        foreach (var view in views)
        {
            var key = (BandOf(view), kindOf(view));
            var cell = cells.GetValueOrDefault(key);
            cells[key] = new PortfolioCell(cell.Count + 1, cell.DebtFen + view.DebtFen);
        }

        Kinds = [.. cells.Keys.Select(key => key.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        DebtFen = views.Sum(view => view.DebtFen);
        EligibleValueFen = views.Sum(view => view.EligibleValueFen);
        LtvPpm = AfterOrder.LtvOf(DebtFen, EligibleValueFen);
        SilentSharePpm = SilentShare(views);
        OldestAsOf = views.Count == 0 ? null : views.Min(view => view.AsOf);
        Open = views.Count(view => view.MarginCall is not null);
    }

    public IReadOnlyList<string> Kinds { get; }

    public long DebtFen { get; }

    public long EligibleValueFen { get; }

    public long? LtvPpm { get; }

    /// <summary>Of all that is pledged, at price and before haircut: the share that counts less or nothing because it was not heard.</summary>
    public long SilentSharePpm { get; }

    /// <summary>The oldest valuation in it.</summary>
    public DateTimeOffset? OldestAsOf { get; }

    /// <summary>Facilities with an open margin call.</summary>
    public int Open { get; }

    public PortfolioCell Of(string band, string kind) => cells.GetValueOrDefault((band, kind));

    public static string BandOf(FacilityView view) =>
        view.DebtFen <= 0 ? "no-debt"
        : view.LtvPpm is not { } ltv || ltv > view.Lines.LiquidationPpm ? "beyond"
        : ltv > view.Lines.MarginCallPpm ? "below-liquidation"
        : ltv > view.Lines.WarningPpm ? "below-call"
        : ltv > view.Lines.DrawPpm ? "below-warning"
        : "below-draw";

    private static long SilentShare(IEnumerable<FacilityView> views)
    {
        Int128 all = 0;
        Int128 silent = 0;
        foreach (var view in views)
        {
            foreach (var row in view.Factors.Where(row => row.FenPerTonne is not null))
            {
                all += (Int128)row.AfterHealthGrams * row.FenPerTonne!.Value;
                silent += (Int128)(row.AfterHealthGrams - row.AfterFreshnessGrams) * row.FenPerTonne!.Value;
            }

            foreach (var excluded in view.Excluded.Where(excluded => SilentReasons.Contains(excluded.Reason)))
            {
                var lost = (Int128)excluded.QuantityGrams * PriceOf(view, excluded.PriceClass, excluded.Grade);
                all += lost;
                silent += lost;
            }
        }

        return all == 0 ? 0 : (long)(silent * 1_000_000 / all);
    }

    private static long PriceOf(FacilityView view, string priceClass, string grade) =>
        (Array.Find(view.Factors, row => row.PriceClass == priceClass && row.Grade == grade)
            ?? Array.Find(view.Factors, row => row.PriceClass == priceClass))?.FenPerTonne ?? 0;
}
