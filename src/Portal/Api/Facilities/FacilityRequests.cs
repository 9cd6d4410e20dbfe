using Earmark.Contracts.Lending;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Api.Facilities;

/// <param name="Limit">Yuan.</param>
/// <param name="AnnualRatePercent">4.35 for 4.35 %.</param>
/// <param name="PriceClasses">What may be pledged, e.g. beef-cattle.</param>
/// <param name="Haircut">Fraction taken from the value before it counts.</param>
/// <param name="AdvanceRate">Fraction of the eligible value that may be lent.</param>
public sealed record FacilityRequest(
    string FacilityId,
    string Product,
    string BorrowerId,
    string BorrowerName,
    decimal Limit,
    decimal AnnualRatePercent,
    string[] PriceClasses,
    decimal Haircut,
    decimal AdvanceRate,
    LinesRequest Lines,
    int CureBusinessDays = 5,
    string? Id = null) : IChecked
{
    private const int ClassesMaximum = 20;
    private const decimal RateMaximumPercent = 100m;
    private const int CureMaximumBusinessDays = 60;
    private const decimal FractionOfPercent = 0.01m;

    public Complaint? Check() => Rule.First(
        Rule.Name(FacilityId, "facilityId"),
        Rule.Text(Product, "product"),
        Rule.Name(BorrowerId, "borrowerId"),
        Rule.Text(BorrowerName, "borrowerName"),
        Rule.Yuan(Limit, "limit"),
        Rule.Between(AnnualRatePercent, 0, RateMaximumPercent, "annualRatePercent"),
        Rule.Fraction(AnnualRatePercent * FractionOfPercent, 1, "annualRatePercent"),
        Rule.Between(PriceClasses.Length, 1, ClassesMaximum, "priceClasses"),
        PriceClasses.Select((name, index) => Rule.Name(name, $"priceClasses[{index}]")).FirstOrDefault(complaint => complaint is not null),
        Rule.Fraction(Haircut, 1, "haircut"),
        Rule.Fraction(AdvanceRate, 1, "advanceRate"),
        Lines.Check(),
        Rule.Between(CureBusinessDays, 0, CureMaximumBusinessDays, "cureBusinessDays"),
        Rule.CallerId(Id, "id"));

    public FacilityOpening ToOpening(string id, string by) => new(
        id,
        by,
        FacilityId,
        Product,
        BorrowerId,
        BorrowerName,
        Amounts.Fen(Limit),
        Amounts.Ppm(AnnualRatePercent * FractionOfPercent),
        PriceClasses,
        Amounts.Ppm(Haircut),
        Amounts.Ppm(AdvanceRate),
        Lines.ToLines(),
        CureBusinessDays);
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
