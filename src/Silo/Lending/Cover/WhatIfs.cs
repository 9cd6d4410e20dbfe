using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Finance;
using Earmark.Silo.Lending.Pledging;

namespace Earmark.Silo.Lending.Cover;

/// <summary>What would stand if. The same rules that decide orders, on a basis that is changed and thrown away.</summary>
internal static class WhatIfs
{
    public static WhatIfAnswer None(string reason, string detail, DateTimeOffset now) => new(reason, detail, null, null, [], 0, 0, 0, now);

    public static WhatIfAnswer Answer(
        FacilityBook book, CoverWatch watch, CoverStep before, WhatIfQuestion question, IReadOnlyList<AssetLine> released, DateTimeOffset now)
    {
        if (question.DrawFen is < 0 or > long.MaxValue / 4)
        {
            return None("amount-too-large", "An amount to draw is not less than 0.", now);
        }

        var terms = Terms(book, question.Parameters);
        if (!terms.IsValid)
        {
            return None("bad-parameters", "Lines must rise from draw to liquidation with the hysteresis narrower than each gap; shares lie within 0 and 1.", now);
        }

        var basis = watch.Basis(book) with { Terms = terms, Prices = Prices(watch.Basis(book).Prices, question.Prices, now) };
        var changed = CoverStep.Compute(basis, now);
        var reports = released.Count == 0 ? basis.Reports : Releases.Without(basis.Reports, question.SiteId, book.Row.FacilityId, released);
        var left = CoverStep.Compute(basis with { Reports = reports }, now);
        var after = CoverStep.Compute(basis with { Reports = reports, Debt = basis.Debt + new Money(question.DrawFen) }, now);
        var line = terms.Next(watch.Line, after.Cover.Ltv, after.Cover.Debt);
        var cure = line >= LineState.MarginCall ? Cure.To(terms.Lines.Warning, after.Cover.Debt, after.Cover.EligibleValue) : default;
        return new WhatIfAnswer(
            null,
            null,
            Figures(before.Cover, watch.Line),
            Figures(after.Cover, line),
            [.. Refusals(book, watch, terms, changed, left, question, now)],
            cure.Payment.Fen,
            cure.AddedEligibleValue.Fen,
            watch.PriceVersion,
            now);
    }

    private static IEnumerable<string> Refusals(
        FacilityBook book, CoverWatch watch, CoverTerms terms, CoverStep changed, CoverStep left, WhatIfQuestion question, DateTimeOffset now)
    {
        var line = terms.Next(watch.Line, changed.Cover.Ltv, changed.Cover.Debt);
        var hasCall = book.OpenCall is not null;
        var refusals = question.SiteId.Length == 0
            ? []
            : ReleaseRules.Decide(changed.Standing(line, hasCall), left.Cover, terms, now).Refusals;
        if (question.DrawFen > 0)
        {
            var afterRelease = terms.Next(line, left.Cover.Ltv, left.Cover.Debt);
            var draw = DrawRules.Decide(new Money(question.DrawFen), left.Standing(afterRelease, hasCall), terms, new Money(book.Row.LimitFen), book.CountedForLimit, now);
            refusals = [.. refusals, .. draw.Refusals];
        }

        return refusals.Distinct().Order().Select(refusal => refusal.Code());
    }

    private static CoverTerms Terms(FacilityBook book, ParameterChange? change) => change is null || book.Cover.IsUnsecured ? book.Cover : book.Cover with
    {
        Classes = change.HaircutPpm is { } haircut ? [.. book.Cover.Classes.Select(one => one with { Haircut = new Fraction(haircut) })] : book.Cover.Classes,
        AdvanceRate = change.AdvanceRatePpm is { } advance ? new Fraction(advance) : book.Cover.AdvanceRate,
        Lines = change.Lines is { } lines ? FacilityTerms.LinesOf(lines) with { MinimumStock = book.Cover.Lines.MinimumStock } : book.Cover.Lines,
    };

    private static IReadOnlyList<ClassPrice> Prices(IReadOnlyList<ClassPrice> inForce, PriceLine[] changed, DateTimeOffset now)
    {
        var set = changed.Select(line => new ClassPrice(line.PriceClass, line.Grade.Length == 0 ? null : line.Grade, line.FenPerTonne, now)).ToArray();
        return set.Length == 0 ? inForce : [.. inForce.Where(price => !set.Any(one => (one.PriceClass, one.Grade) == (price.PriceClass, price.Grade))), .. set];
    }

    private static WhatIfFigures Figures(CoverResult cover, LineState line) => new(
        cover.Debt.Fen,
        cover.MarketValue.Fen,
        cover.EligibleValue.Fen,
        cover.BorrowingBase.Fen,
        FacilityViews.LtvPpm(cover.Ltv),
        FacilityViews.LineName(line),
        [.. cover.Reasons.Select(reason => reason.Code).Distinct(StringComparer.Ordinal)]);
}
