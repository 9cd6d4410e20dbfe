using Earmark.Contracts.Lending;
using Earmark.Portal.Api.Facilities;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Api.WhatIf;

/// <summary>At least one of these; all that are given hold together.</summary>
/// <param name="Draw">Money that would be drawn.</param>
/// <param name="Release">Assets that would be let go.</param>
/// <param name="Prices">Prices that would hold from now on.</param>
/// <param name="Parameters">Haircut, advance rate or lines that would hold; what is left out stays.</param>
public sealed record FacilityWhatIfRequest(
    WhatIfDraw? Draw = null, WhatIfRelease? Release = null, WhatIfPrice[]? Prices = null, WhatIfParameters? Parameters = null) : IChecked
{
    private const int PricesMaximum = 500;

    public Complaint? Check() => Rule.First(
        Draw is null && Release is null && Prices is not { Length: > 0 } && Parameters is null
            ? new Complaint("", "It asks nothing: give draw, release, prices or parameters.")
            : null,
        Draw is { } draw ? Rule.Yuan(draw.Amount, "draw.amount") : null,
        Release is { } release ? Rule.First(Rule.Name(release.SiteId, "release.siteId"), Rule.Assets(release.AssetIds, "release.assetIds")) : null,
        Prices is { Length: > PricesMaximum } ? new Complaint("prices", $"There are at most {PricesMaximum} of them.") : null,
        (Prices ?? []).Select((price, index) => price is null ? new Complaint($"prices[{index}]", "It is null.") : price.Check($"prices[{index}]"))
            .FirstOrDefault(complaint => complaint is not null),
        Parameters?.Check());

    internal WhatIfQuestion ToQuestion() => new(
        Draw is { } draw ? Amounts.Fen(draw.Amount) : 0,
        Release?.SiteId ?? "",
        Release?.AssetIds ?? [],
        [.. (Prices ?? []).Select(price => price.ToLine())],
        Parameters?.ToChange());
}

/// <param name="Amount">Yuan.</param>
public sealed record WhatIfDraw(decimal Amount);

public sealed record WhatIfRelease(string SiteId, string[] AssetIds);

/// <param name="Grade">Empty for every grade without a price of its own.</param>
public sealed record WhatIfPrice(string PriceClass, decimal YuanPerKilogram, string Grade = "")
{
    internal Complaint? Check(string path) => Rule.First(
        Rule.Name(PriceClass, path + ".priceClass"),
        Grade.Length == 0 ? null : Rule.Name(Grade, path + ".grade"),
        Amounts.TryFenPerTonne(YuanPerKilogram, out _)
            ? null
            : new Complaint(path + ".yuanPerKilogram", "It is more than 0 and has at most five decimals."));

    internal PriceLine ToLine() => Amounts.TryFenPerTonne(YuanPerKilogram, out var fen)
        ? new PriceLine(PriceClass, Grade, fen, default, "what-if")
        : throw new InvalidOperationException("the price was not checked");
}

/// <param name="Haircut">Fraction.</param>
/// <param name="AdvanceRate">Fraction.</param>
public sealed record WhatIfParameters(decimal? Haircut = null, decimal? AdvanceRate = null, LinesRequest? Lines = null)
{
    internal Complaint? Check() => Rule.First(
        Haircut is { } haircut ? Rule.Fraction(haircut, 1, "parameters.haircut") : null,
        AdvanceRate is { } advance ? Rule.Fraction(advance, 1, "parameters.advanceRate") : null,
        Lines?.Check() is { } complaint ? complaint with { Path = "parameters." + complaint.Path } : null);

    internal ParameterChange ToChange() => new(
        Haircut is { } haircut ? Amounts.Ppm(haircut) : null, AdvanceRate is { } advance ? Amounts.Ppm(advance) : null, Lines?.ToLines());
}

/// <param name="Refusals">For what such a draw or release would be refused now.</param>
/// <param name="Cure">Null where nothing would be beyond the margin-call line.</param>
public sealed record FacilityWhatIfAnswer(
    WhatIfFiguresAnswer Before, WhatIfFiguresAnswer After, IReadOnlyList<string> Refusals, CureAnswer? Cure, long PriceVersion, DateTimeOffset AsOf)
{
    internal static FacilityWhatIfAnswer Of(WhatIfAnswer answer) => new(
        WhatIfFiguresAnswer.Of(answer.Before!),
        WhatIfFiguresAnswer.Of(answer.After!),
        answer.Refusals,
        answer.CurePaymentFen == 0 ? null : new CureAnswer(Amounts.Yuan(answer.CurePaymentFen), Amounts.Yuan(answer.CureAddedValueFen)),
        answer.PriceVersion,
        answer.AsOf);
}

/// <summary>Either suffices alone to be back at the warning line.</summary>
public sealed record CureAnswer(decimal Payment, decimal AddedEligibleValue);

/// <param name="Ltv">Null with debt and no eligible value: beyond every line.</param>
/// <param name="LineState">clear, warning, margin-call or liquidation.</param>
public sealed record WhatIfFiguresAnswer(
    decimal Debt, decimal MarketValue, decimal EligibleValue, decimal BorrowingBase, decimal? Ltv, string LineState, IReadOnlyList<string> Reasons)
{
    internal static WhatIfFiguresAnswer Of(WhatIfFigures figures) => new(
        Amounts.Yuan(figures.DebtFen),
        Amounts.Yuan(figures.MarketValueFen),
        Amounts.Yuan(figures.EligibleValueFen),
        Amounts.Yuan(figures.BorrowingBaseFen),
        Amounts.Fraction(figures.LtvPpm),
        figures.LineState,
        figures.Reasons);
}
