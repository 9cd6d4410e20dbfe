using CsCheck;
using Earmark.Finance;
using Xunit;

namespace Earmark.Tests.Finance;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("0.005", Rounding.HalfUp, 1)]
    [InlineData("-0.005", Rounding.HalfUp, -1)]
    [InlineData("0.005", Rounding.HalfEven, 0)]
    [InlineData("0.015", Rounding.HalfEven, 2)]
    [InlineData("0.001", Rounding.Up, 1)]
    [InlineData("-0.001", Rounding.Up, -1)]
    [InlineData("0.009", Rounding.Down, 0)]
    [InlineData("-0.009", Rounding.Down, 0)]
    public void Yuan_become_fen_under_the_named_rounding(string yuan, Rounding rounding, long fen) =>
        Assert.Equal(new Money(fen), Money.FromYuan(decimal.Parse(yuan), rounding));

    [Fact]
    public void Exact_conversion_refuses_a_third_decimal_and_what_does_not_fit()
    {
        Assert.True(Money.TryFromYuan(12.34m, out var money));
        Assert.Equal(1234, money.Fen);
        Assert.True(Money.TryFromYuan(-12.340m, out money));
        Assert.Equal(-1234, money.Fen);
        Assert.False(Money.TryFromYuan(12.345m, out _));
        Assert.False(Money.TryFromYuan(decimal.MaxValue, out _));
        Assert.False(Money.TryFromYuan(decimal.MinValue, out _));
    }

    [Fact]
    public void Arithmetic_overflows_loudly()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => -new Money(long.MinValue));
    }

    [Fact]
    public void Whole_division_rounds_as_decimal_does() =>
        Gen.Select(Gen.Long[-1_000_000_000, 1_000_000_000], Gen.Long[1, 10_000], Gen.Enum<Rounding>()).Sample((numerator, denominator, rounding) =>
            (long)rounding.Divide(numerator, denominator) == rounding.ToWhole((decimal)numerator / denominator));

    [Fact]
    public void A_share_of_grams_is_rounded_down_and_the_long_way_agrees()
    {
        Assert.Equal(333_333, new Fraction(666_667).OfGrams(500_000)); // 333,333.5
        Assert.Equal(8_000_000_000_000_000, new Fraction(800_000).OfGrams(10_000_000_000_000_000));
    }

    [Fact]
    public void A_ramp_never_rises_with_age_and_holds_its_corners()
    {
        var ramp = new Ramp(86_400, 3 * 86_400);
        Assert.Equal(Fraction.One, ramp.At(-5));
        Assert.Equal(Fraction.One, ramp.At(86_400));
        Assert.Equal(new Fraction(500_000), ramp.At(2 * 86_400));
        Assert.Equal(Fraction.Zero, ramp.At(3 * 86_400));
        Gen.Select(Gen.Long[-1000, 300_000], Gen.Long[0, 300_000]).Sample((age, more) => ramp.At(age) >= ramp.At(age + more));
    }
}
