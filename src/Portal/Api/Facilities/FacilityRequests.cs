using Earmark.Contracts.Lending;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Api.Facilities;

/// <summary>Either bound to a product, which then says everything but the limit, or with terms of its own.</summary>
/// <param name="Limit">Yuan.</param>
/// <param name="ProductCode">Binds it to a product of the institution, now and for good; the members from product to cureBusinessDays are then left out.</param>
/// <param name="ProductVersion">Default: the newest.</param>
/// <param name="AnnualRatePercent">4.35 for 4.35 %.</param>
/// <param name="PriceClasses">What may be pledged, e.g. beef-cattle.</param>
/// <param name="Haircut">Fraction taken from the value before it counts.</param>
/// <param name="AdvanceRate">Fraction of the eligible value that may be lent.</param>
public sealed record FacilityRequest(
    string FacilityId,
    string BorrowerId,
    string BorrowerName,
    decimal Limit,
    string? ProductCode = null,
    int ProductVersion = 0,
    string? Product = null,
    decimal? AnnualRatePercent = null,
    string[]? PriceClasses = null,
    decimal? Haircut = null,
    decimal? AdvanceRate = null,
    LinesRequest? Lines = null,
    int? CureBusinessDays = null,
    string? Id = null) : IChecked
{
    private const int ClassesMaximum = 20;
    private const decimal RateMaximumPercent = 100m;
    private const int CureMaximumBusinessDays = 60;
    private const int CureDefaultBusinessDays = 5;
    private const decimal FractionOfPercent = 0.01m;

    private static readonly LinesRequest NoLines = new(0, 0, 0, 0, 0);

    public Complaint? Check() => Rule.First(
        Rule.Name(FacilityId, "facilityId"),
        Rule.Name(BorrowerId, "borrowerId"),
        Rule.Text(BorrowerName, "borrowerName"),
        Rule.Yuan(Limit, "limit"),
        ProductCode is null ? CheckOwn() : CheckBound(ProductCode),
        Rule.CallerId(Id, "id"));

    public FacilityOpening ToOpening(string id, string by) => new(
        id,
        by,
        FacilityId,
        Product ?? "",
        BorrowerId,
        BorrowerName,
        Amounts.Fen(Limit),
        Amounts.Ppm((AnnualRatePercent ?? 0) * FractionOfPercent),
        PriceClasses ?? [],
        Amounts.Ppm(Haircut ?? 0),
        Amounts.Ppm(AdvanceRate ?? 0),
        (Lines ?? NoLines).ToLines(),
        CureBusinessDays ?? CureDefaultBusinessDays,
        ProductCode ?? "",
        ProductVersion);

    private Complaint? CheckOwn() => Rule.First(
        Rule.Text(Product, "product"),
        AnnualRatePercent is { } rate
            ? Rule.First(Rule.Between(rate, 0, RateMaximumPercent, "annualRatePercent"), Rule.Fraction(rate * FractionOfPercent, 1, "annualRatePercent"))
            : Missing("annualRatePercent"),
        PriceClasses is { } classes ? Rule.Between(classes.Length, 1, ClassesMaximum, "priceClasses") : Missing("priceClasses"),
        (PriceClasses ?? []).Select((name, index) => Rule.Name(name, $"priceClasses[{index}]")).FirstOrDefault(complaint => complaint is not null),
        Haircut is { } haircut ? Rule.Fraction(haircut, 1, "haircut") : Missing("haircut"),
        AdvanceRate is { } advance ? Rule.Fraction(advance, 1, "advanceRate") : Missing("advanceRate"),
        Lines is { } lines ? lines.Check() : Missing("lines"),
        Rule.Between(CureBusinessDays ?? CureDefaultBusinessDays, 0, CureMaximumBusinessDays, "cureBusinessDays"));

    private Complaint? CheckBound(string code) => Rule.First(
        Rule.Name(code, "productCode"),
        Rule.Between(ProductVersion, 0, int.MaxValue, "productVersion"),
        Product is null && AnnualRatePercent is null && PriceClasses is null && Haircut is null && AdvanceRate is null && Lines is null && CureBusinessDays is null
            ? null
            : new Complaint("productCode", "The product says the rate, the collateral rules and the lines; they are left out beside it."));

    private static Complaint Missing(string path) => new(path, "It is missing.");
}

/// <summary>LTV at each line, rising: draw &lt; warning &lt; marginCall &lt; liquidation.</summary>
public sealed record LinesRequest(decimal Draw, decimal Warning, decimal MarginCall, decimal Liquidation, decimal Hysteresis)
{
    private const decimal LineMaximum = 2m;

    public Complaint? Check() => Rule.First(
        Rule.Fraction(Draw, LineMaximum, "lines.draw"),
        Rule.Fraction(Warning, LineMaximum, "lines.warning"),
        Rule.Fraction(MarginCall, LineMaximum, "lines.marginCall"),
        Rule.Fraction(Liquidation, LineMaximum, "lines.liquidation"),
        Rule.Fraction(Hysteresis, 1, "lines.hysteresis"),
        Draw < Warning && Warning < MarginCall && MarginCall < Liquidation ? null : new Complaint("lines", "The lines do not rise from draw to liquidation."));

    public LinesView ToLines() => new(Amounts.Ppm(Draw), Amounts.Ppm(Warning), Amounts.Ppm(MarginCall), Amounts.Ppm(Liquidation), Amounts.Ppm(Hysteresis));
}

/// <param name="RegistrationNumber">Of the pledge register (中登网).</param>
public sealed record PledgeRequest(string SiteId, string[] AssetIds, string RegistrationNumber, string? Id = null) : IChecked
{
    public Complaint? Check() => Rule.First(
        Rule.Name(SiteId, "siteId"), Rule.Assets(AssetIds, "assetIds"), Rule.Text(RegistrationNumber, "registrationNumber"), Rule.CallerId(Id, "id"));
}

public sealed record ReleaseRequest(string SiteId, string[] AssetIds, string? Id = null) : IChecked
{
    public Complaint? Check() => Rule.First(Rule.Name(SiteId, "siteId"), Rule.Assets(AssetIds, "assetIds"), Rule.CallerId(Id, "id"));
}

/// <param name="Amount">Yuan.</param>
/// <param name="Payee">Entrusted payment: who gets the money.</param>
/// <param name="Instalments">Equal instalments, monthly.</param>
public sealed record DrawRequest(decimal Amount, string Payee, int Instalments, DateOnly FirstDueOn, string? Id = null) : IChecked
{
    private const int InstalmentsMaximum = 360;

    public Complaint? Check() => Rule.First(
        Rule.Yuan(Amount, "amount"),
        Rule.Text(Payee, "payee"),
        Rule.Between(Instalments, 1, InstalmentsMaximum, "instalments"),
        Rule.CallerId(Id, "id"));
}

/// <param name="Amount">Yuan.</param>
public sealed record RepaymentRequest(string LoanId, decimal Amount, string? Id = null) : IChecked
{
    public Complaint? Check() => Rule.First(Rule.Text(LoanId, "loanId"), Rule.Yuan(Amount, "amount"), Rule.CallerId(Id, "id"));
}
