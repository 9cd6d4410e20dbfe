using Earmark.Contracts.Lending;
using Earmark.Finance;
using Earmark.Silo.Lending.Calls;
using Earmark.Silo.Lending.Loans;

namespace Earmark.Silo.Lending.Cover;

/// <summary>A facility as pages and the API see it: every step of its value, in the units of the contract.</summary>
internal static class FacilityViews
{
    public static FacilityView Of(FacilityBook book, CoverStep step, LineState line, long priceVersion)
    {
        var row = book.Row;
        var cover = step.Cover;
        return new FacilityView(
            row.FacilityId,
            row.InstitutionId,
            row.BorrowerName,
            row.Product,
            row.Version,
            step.State,
            row.LimitFen,
            book.Debt.Fen,
            book.Principal.Fen,
            book.Interest.Fen,
            cover.MarketValue.Fen,
            cover.EligibleValue.Fen,
            cover.BorrowingBase.Fen,
            LtvPpm(cover.Ltv),
            LineName(line),
            book.Terms.Lines,
            priceVersion,
            cover.AsOf,
            step.ValidUntil,
            step.UnobservedSince,
            [.. cover.Rows.Select(Factor)],
            [.. step.Excluded],
            [.. cover.Reasons.Select(reason => reason.Code).Distinct(StringComparer.Ordinal)],
            [.. step.Sites],
            book.OpenCall is { } call ? MarginCallRows.View(call) : null,
            book.Bound?.Product.Code ?? "",
            book.Bound?.Version ?? 0,
            book.Cover.IsUnsecured);
    }

    /// <summary>Rounded half up to the millionth; a debt that dwarfs its cover stops at what an Int64 holds.</summary>
    public static long? LtvPpm(decimal? ltv) =>
        ltv is not { } value ? null : Rounding.HalfUp.ToWhole(Math.Min(value, 1_000_000_000m) * Fraction.Scale);

    public static string LineName(LineState line) => line switch
    {
        LineState.Clear => "clear",
        LineState.Warning => "warning",
        LineState.MarginCall => "margin-call",
        LineState.Liquidation => "liquidation",
        _ => throw new ArgumentOutOfRangeException(nameof(line)),
    };

    private static FactorRow Factor(CoverRow row)
    {
        var quantity = row.Quantity;
        var slash = quantity.Zone.IndexOf('/', StringComparison.Ordinal);
        return new FactorRow(
            quantity.Zone[..slash],
            quantity.PriceClass,
            quantity.Grade,
            quantity.Zone[(slash + 1)..],
            quantity.Count,
            quantity.QuantityGrams,
            quantity.AfterHealthGrams,
            quantity.AfterFreshnessGrams,
            quantity.AfterConfidenceGrams,
            row.Price.State == PriceState.Missing ? null : row.Price.FenPerTonne,
            row.Haircut.Millionths,
            row.Gross.Fen,
            row.Eligible.Fen,
            row.Reason);
    }
}
