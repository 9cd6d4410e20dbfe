using CsCheck;
using Earmark.Finance;
using Xunit;
using static Earmark.Tests.Finance.Ranch;

namespace Earmark.Tests.Finance;

public sealed class CoverProperties
{
    private static readonly CoverTerms Limited = Terms with
    {
        Classes = [.. Terms.Classes, new ClassTerms("dairy", new Fraction(333_333))],
        Concentration = [new(ConcentrationDimension.Zone, new Fraction(400_000)), new(ConcentrationDimension.Grade, new Fraction(550_001))],
    };

    private static readonly ClassPrice[] Prices = [Price with { FenPerTonne = 3_412_347 }, new("dairy", null, 1_999_999, Now.AddDays(-10))];

    private static readonly Gen<CollateralRow> AnyRow =
        Gen.Select(Gen.OneOf(Class, "dairy"), Gen.OneOf("a", "b", ""), Gen.OneOf("1", "2", "3"), Gen.Long[0, 2_000_000_000])
            .Select(Gen.Int[0, 1_000_000], (row, cut) =>
            {
                var (priceClass, grade, zone, grams) = row;
                var health = new Fraction(1_000_000 - (cut / 3)).OfGrams(grams);
                var fresh = new Fraction(1_000_000 - (cut / 2)).OfGrams(health);
                return new CollateralRow(priceClass, grade, zone, 1, grams, health, fresh, new Fraction(1_000_000 - (cut / 5)).OfGrams(fresh));
            });

    private static CoverResult Value(IEnumerable<CollateralRow> rows, CoverTerms terms) =>
        Earmark.Finance.Cover.Compute([.. rows], [], Prices, terms, new Money(1_000_000), Now);

    [Fact]
    public void Splitting_a_row_in_any_way_and_any_order_changes_nothing() =>
        Gen.Select(AnyRow.Array[1, 12], Gen.Int[0, 1_000_000], Gen.Int[0, 1000]).Sample((rows, at, seed) =>
        {
            var share = new Fraction(at);
            var parts = rows.SelectMany(row =>
            {
                var part = row with
                {
                    Count = 0,
                    QuantityGrams = share.OfGrams(row.QuantityGrams),
                    AfterHealthGrams = share.OfGrams(row.AfterHealthGrams),
                    AfterFreshnessGrams = share.OfGrams(row.AfterFreshnessGrams),
                    AfterConfidenceGrams = share.OfGrams(row.AfterConfidenceGrams),
                };
                var rest = row with
                {
                    QuantityGrams = row.QuantityGrams - part.QuantityGrams,
                    AfterHealthGrams = row.AfterHealthGrams - part.AfterHealthGrams,
                    AfterFreshnessGrams = row.AfterFreshnessGrams - part.AfterFreshnessGrams,
                    AfterConfidenceGrams = row.AfterConfidenceGrams - part.AfterConfidenceGrams,
                };
                // A remainder whose own factors are not falling is not a row a site could report; keep such a row whole.
                return part.IsWellFormed && rest.IsWellFormed ? new[] { part, rest } : [row];
            }).OrderBy(row => HashCode.Combine(seed, row.QuantityGrams, row.Zone));
            var whole = Value(rows, Limited);
            var split = Value(parts, Limited);
            return whole.EligibleValue == split.EligibleValue && whole.MarketValue == split.MarketValue && whole.Rows.SequenceEqual(split.Rows);
        });

    [Fact]
    public void Spreading_a_class_over_zones_changes_nothing_where_no_limit_is_set() =>
        Gen.Select(AnyRow.Array[1, 12], Gen.Int[1, 9]).Sample((rows, zones) =>
        {
            var free = Limited with { Concentration = [] };
            var spread = rows.Select((row, i) => row with { Zone = $"z{i % zones}" });
            return Value(rows, free).EligibleValue == Value(spread, free).EligibleValue;
        });

    [Fact]
    public void Value_is_the_exact_sum_rounded_down_once_a_class() =>
        AnyRow.Array[1, 12].Sample(rows =>
        {
            var expected = rows.GroupBy(row => row.PriceClass).Sum(group =>
            {
                // dairy: 10 days old on a ramp of 8 to 15 days, ⌊5/7⌋ = 714,285 millionths of 1,999,999 = 1,428,569 fen a tonne
                var (price, haircut) = group.Key == Class ? (3_412_347m, 0.2m) : (1_428_569m, 0.333333m);
                return Math.Floor(group.Sum(row => (decimal)row.AfterConfidenceGrams) * price / 1_000_000m * (1 - haircut));
            });
            return Value(rows, Limited with { Concentration = [] }).EligibleValue.Fen == expected;
        });

    [Fact]
    public void No_pen_keeps_more_than_its_share_and_no_limit_adds_value() =>
        AnyRow.Array[1, 12].Sample(rows =>
        {
            var free = Value(rows, Limited with { Concentration = [] });
            var cut = Value(rows, Limited);
            var pens = cut.Rows.GroupBy(row => row.Quantity.Zone).Select(pen => pen.Sum(row => row.Eligible.Fen));
            // A row may show a fen more than its exact figure (RunningFen), and the total a fen less a class.
            return cut.EligibleValue <= free.EligibleValue
                && pens.All(pen => pen <= (0.4m * (free.EligibleValue.Fen + 2)) + rows.Length);
        });

    [Fact]
    public void A_higher_price_never_lowers_value_and_more_debt_never_lowers_ltv() =>
        Gen.Select(AnyRow.Array[1, 8], Gen.Long[0, 5_000_000], Gen.Long[0, 1_000_000]).Sample((rows, price, more) =>
        {
            CoverResult At(long fenPerTonne, long debt) =>
                Earmark.Finance.Cover.Compute(rows, [], [Price with { FenPerTonne = fenPerTonne }], Terms, new Money(debt), Now);
            var low = At(price, 1_000_000);
            return At(price + more, 1_000_000).EligibleValue >= low.EligibleValue
                && (low.Ltv ?? decimal.MaxValue) <= (At(price, 1_000_000 + more).Ltv ?? decimal.MaxValue);
        });
}
