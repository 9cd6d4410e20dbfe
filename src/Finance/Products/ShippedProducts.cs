namespace Earmark.Finance;

/// <summary>The products every institution begins with, as version 1. They are examples to be changed by a version of the institution's own.</summary>
public static class ShippedProducts
{
    private static readonly CoverLines RanchLines = Lines(60, 65, 75, 85);
    private static readonly CoverLines StoreLines = Lines(65, 70, 80, 90);

    /// <summary>智慧牧场贷: cattle; interest each month, the principal when the herd is sold.</summary>
    public static readonly Product Ranch = new(
        "smart-ranch",
        "智慧牧场贷",
        "Smart ranch loan",
        LoanRules.Default with { Method = RepaymentMethod.InterestFirst, MaximumInstalments = 36 },
        new Fraction(43_500),
        new CollateralRules([Class("beef-cattle", 20), Class("dairy-cattle", 30)], Fraction.Percent(60), RanchLines, [], 5),
        Yuan(20_000_000),
        IsRevolving: true,
        Approvals(20_000_000));

    /// <summary>智慧仓储贷: goods in a supervised warehouse.</summary>
    public static readonly Product Warehouse = new(
        "smart-warehouse",
        "智慧仓储贷",
        "Smart warehouse loan",
        LoanRules.Default with { Method = RepaymentMethod.Bullet, MaximumInstalments = 12 },
        new Fraction(41_000),
        new CollateralRules([Class("corn", 15), Class("soybean-meal", 15), Class("wheat", 15)], Fraction.Percent(65), StoreLines, [new ConcentrationLimit(ConcentrationDimension.PriceClass, Fraction.Percent(80))], 5),
        Yuan(50_000_000),
        IsRevolving: true,
        Approvals(50_000_000));

    /// <summary>智慧物流贷: goods on their way, repaid when they arrive.</summary>
    public static readonly Product Logistics = new(
        "smart-logistics",
        "智慧物流贷",
        "Smart logistics loan",
        LoanRules.Default with { Method = RepaymentMethod.Bullet, MaximumInstalments = 3 },
        new Fraction(45_000),
        new CollateralRules([Class("corn", 25), Class("soybean-meal", 25), Class("wheat", 25)], Fraction.Percent(60), RanchLines, [], 3),
        Yuan(10_000_000),
        IsRevolving: true,
        Approvals(10_000_000));

    /// <summary>助农贷: unsecured and revolving, at most 300,000 yuan.</summary>
    public static readonly Product Farmer = new(
        "farmer-aid",
        "助农贷",
        "Farmer aid loan",
        LoanRules.Default with { MaximumInstalments = 36, GraceDays = 3 },
        new Fraction(43_500),
        Collateral: null,
        Yuan(300_000),
        IsRevolving: true,
        [new ApprovalLevel("bank-officer", Yuan(50_000)), new ApprovalLevel("bank-approver", Yuan(300_000))]);

    public static readonly IReadOnlyList<Product> All = [Ranch, Warehouse, Logistics, Farmer];

    private static ClassTerms Class(string priceClass, int haircutPercent) => new(priceClass, Fraction.Percent(haircutPercent));

    private static CoverLines Lines(int draw, int warning, int marginCall, int liquidation) => new(
        Fraction.Percent(draw), Fraction.Percent(warning), Fraction.Percent(marginCall), Fraction.Percent(liquidation), Fraction.Percent(2), Money.Zero);

    private static ApprovalLevel[] Approvals(decimal maximum) => [new ApprovalLevel("bank-approver", Yuan(maximum))];

    private static Money Yuan(decimal yuan) => Money.FromYuan(yuan, Rounding.HalfUp);
}
