using Earmark.Finance;
using Earmark.Portal.Api.Facilities;
using Earmark.Portal.Api.Requests;
using Earmark.Storage.Book;

namespace Earmark.Portal.Api.Products;

public sealed record ProductList(IReadOnlyList<ProductAnswer> Products);

/// <param name="Collateral">Null for an unsecured product.</param>
public sealed record ProductAnswer(
    string Code,
    int Version,
    string Name,
    string NameEn,
    decimal AnnualRatePercent,
    LoanShape Loan,
    CollateralShape? Collateral,
    decimal LimitMaximum,
    bool IsRevolving,
    IReadOnlyList<ApprovalShape> Approvals,
    string By,
    DateTimeOffset At)
{
    public static ProductAnswer Of(ProductVersion version) => new(
        version.Product.Code,
        version.Version,
        version.Product.Name,
        version.Product.NameEn,
        version.Product.AnnualRate.Value * 100,
        LoanShape.Of(version.Product.Loan),
        version.Product.Collateral is { } collateral ? CollateralShape.Of(collateral) : null,
        version.Product.LimitMaximum.Yuan,
        version.Product.IsRevolving,
        [.. version.Product.Approvals.Select(level => new ApprovalShape(level.Role, level.UpTo.Yuan))],
        version.By,
        version.At);
}

/// <param name="BasedOn">The version this one follows; 0 for a new product.</param>
/// <param name="Approvals">Levels, rising; the last covers the largest limit.</param>
public sealed record ProductRequest(
    string Code,
    string Name,
    string NameEn,
    decimal AnnualRatePercent,
    LoanShape Loan,
    decimal LimitMaximum,
    ApprovalShape[] Approvals,
    CollateralShape? Collateral = null,
    bool IsRevolving = true,
    int BasedOn = 0) : IChecked
{
    public Complaint? Check() => Rule.First(
        Rule.Name(Code, "code"),
        Rule.Text(Name, "name"),
        Rule.Text(NameEn, "nameEn"),
        Shares.Percent(AnnualRatePercent, 100, "annualRatePercent"),
        Rule.Yuan(LimitMaximum, "limitMaximum"),
        Rule.Between(BasedOn, 0, int.MaxValue - 1, "basedOn"),
        Approvals.Length is 0 or > Product.MaximumApprovals ? new Complaint("approvals", $"There are 1 to {Product.MaximumApprovals} levels.") : null,
        Approvals.Select((level, index) => level is null ? new Complaint($"approvals[{index}]", "It is null.")
            : Rule.Text(level.Role, $"approvals[{index}].role") ?? Rule.Yuan(level.UpTo, $"approvals[{index}].upTo")).FirstOrDefault(complaint => complaint is not null),
        Loan.Check(),
        Collateral?.Check());

    internal Product ToProduct() => new(
        Code,
        Name,
        NameEn,
        Loan.ToRules(),
        Shares.OfPercent(AnnualRatePercent),
        Collateral?.ToRules(),
        new Money(Amounts.Fen(LimitMaximum)),
        IsRevolving,
        [.. Approvals.Select(level => new ApprovalLevel(level.Role, new Money(Amounts.Fen(level.UpTo))))]);
}

/// <param name="UpTo">Yuan.</param>
public sealed record ApprovalShape(string Role, decimal UpTo);

/// <param name="ConcentrationPercent">Largest share of one price class; left out for none.</param>
public sealed record CollateralShape(
    ClassShape[] Classes, decimal AdvanceRatePercent, LinesRequest Lines, int CureBusinessDays = 5, decimal? ConcentrationPercent = null)
{
    public static CollateralShape Of(CollateralRules rules) => new(
        [.. rules.Classes.Select(one => new ClassShape(one.PriceClass, one.Haircut.Value * 100))],
        rules.AdvanceRate.Value * 100,
        new LinesRequest(rules.Lines.Draw.Value, rules.Lines.Warning.Value, rules.Lines.MarginCall.Value, rules.Lines.Liquidation.Value, rules.Lines.Hysteresis.Value),
        rules.CureBusinessDays,
        rules.Concentration.Count == 0 ? null : rules.Concentration[0].MaximumShare.Value * 100);

    internal Complaint? Check() => Rule.First(
        Classes.Length is 0 or > Product.MaximumClasses ? new Complaint("collateral.classes", $"There are 1 to {Product.MaximumClasses} of them.") : null,
        Classes.Select((one, index) => one is null ? new Complaint($"collateral.classes[{index}]", "It is null.")
            : Rule.Name(one.PriceClass, $"collateral.classes[{index}].priceClass") ?? Shares.Percent(one.HaircutPercent, 100, $"collateral.classes[{index}].haircutPercent"))
            .FirstOrDefault(complaint => complaint is not null),
        Shares.Percent(AdvanceRatePercent, 100, "collateral.advanceRatePercent"),
        ConcentrationPercent is { } share ? Shares.Percent(share, 100, "collateral.concentrationPercent") : null,
        Lines.Check() is { } complaint ? complaint with { Path = "collateral." + complaint.Path } : null,
        Rule.Between(CureBusinessDays, 0, CollateralRules.MaximumCureBusinessDays, "collateral.cureBusinessDays"));

    internal CollateralRules ToRules() => new(
        [.. Classes.Select(one => new ClassTerms(one.PriceClass, Shares.OfPercent(one.HaircutPercent)))],
        Shares.OfPercent(AdvanceRatePercent),
        new CoverLines(Shares.Of(Lines.Draw), Shares.Of(Lines.Warning), Shares.Of(Lines.MarginCall), Shares.Of(Lines.Liquidation), Shares.Of(Lines.Hysteresis), Money.Zero),
        ConcentrationPercent is { } share ? [new ConcentrationLimit(ConcentrationDimension.PriceClass, Shares.OfPercent(share))] : [],
        CureBusinessDays);
}

public sealed record ClassShape(string PriceClass, decimal HaircutPercent);

/// <summary>Percents with at most four decimals, as the millionths they are kept in.</summary>
internal static class Shares
{
    private const decimal FractionOfPercent = 0.01m;

    public static Complaint? Percent(decimal value, decimal high, string path) =>
        Rule.Between(value, 0, high, path) ?? Rule.Fraction(value * FractionOfPercent, high, path);

    public static Fraction OfPercent(decimal percent) => new(Amounts.Ppm(percent * FractionOfPercent));

    public static Fraction Of(decimal fraction) => new(Amounts.Ppm(fraction));
}
