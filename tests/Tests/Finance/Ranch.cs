using Earmark.Finance;

namespace Earmark.Tests.Finance;

/// <summary>A ranch loan as the tests of cover, calls and draws share it: beef cattle at 34.00 yuan/kg, haircut 20 %, advance rate 60 %.</summary>
internal static class Ranch
{
    public const string Class = "beef-cattle";

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public static readonly CoverLines Lines = new(
        Fraction.Percent(60), Fraction.Percent(65), Fraction.Percent(75), Fraction.Percent(85), Fraction.Percent(2), Money.Zero);

    public static readonly CoverTerms Terms = new([new ClassTerms(Class, Fraction.Percent(20))], Fraction.Percent(60), Lines, [], CoverTerms.DefaultPriceRamp);

    public static readonly ClassPrice Price = new(Class, null, 3_400_000, Now.AddDays(-1));

    public static Money Yuan(decimal yuan) => Money.FromYuan(yuan, Rounding.HalfUp);

    /// <summary>A row no factor lowers.</summary>
    public static CollateralRow Row(long kilograms, string zone = "ranch-1/pen-1", string grade = "angus", string priceClass = Class) =>
        new(priceClass, grade, zone, (int)(kilograms / 500), kilograms * 1000, kilograms * 1000, kilograms * 1000, kilograms * 1000);

    public static CoverResult Cover(Money debt, params CollateralRow[] rows) =>
        Earmark.Finance.Cover.Compute(rows, [], [Price], Terms, debt, Now);

    /// <summary>Cover with a given eligible value: grams chosen so that grams × 34 yuan/kg × 0.8 is it.</summary>
    public static CoverResult CoverOf(Money debt, long eligibleYuan) =>
        Earmark.Finance.Cover.Compute(
            [new CollateralRow(Class, "", "", 1, eligibleYuan * 1000, eligibleYuan * 1000, eligibleYuan * 1000, eligibleYuan * 1000)],
            [],
            [Price with { FenPerTonne = 125_000 }], // 1.25 yuan/kg × 0.8 = 1 yuan of eligible value a kilogram
            Terms,
            debt,
            Now);
}
