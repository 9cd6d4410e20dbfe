using Earmark.Finance;
using Earmark.Valuation;
using Xunit;

namespace Earmark.Tests.Valuation;

public sealed class WeightEstimateTests
{
    [Fact]
    public void The_bounds_are_the_ninety_per_cent_interval_rounded_outwards()
    {
        var estimate = new WeightEstimate(430_000, 21_201);
        Assert.Equal(395_124, estimate.LowerGrams); // 430,000 − 34,875.6…, rounded against the borrower
        Assert.Equal(464_876, estimate.UpperGrams);
        Assert.Equal(new Fraction(918_893), estimate.Confidence); // 395,124 ÷ 430,000
    }

    [Fact]
    public void No_weight_gives_no_confidence() => Assert.Equal(Fraction.Zero, new WeightEstimate(0, 100).Confidence);

    [Theory]
    [InlineData("chute", WeighingKind.Chute)]
    [InlineData("walk-over", WeighingKind.WalkOver)]
    [InlineData("group", WeighingKind.Group)]
    [InlineData("declared", WeighingKind.Declared)]
    public void Kinds_have_names(string name, WeighingKind kind)
    {
        Assert.True(WeighingKinds.TryParse(name, out var parsed));
        Assert.Equal(kind, parsed);
        Assert.False(WeighingKinds.TryParse(name + "x", out _));
    }
}
