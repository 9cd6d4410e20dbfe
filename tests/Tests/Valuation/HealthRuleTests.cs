using CsCheck;
using Earmark.Finance;
using Earmark.Valuation;
using Xunit;

namespace Earmark.Tests.Valuation;

public sealed class HealthRuleTests
{
    private const int Unknown = HealthSigns.Unknown;

    // Default: dead after 180 min still and 4.00 °C below usual, or below 25.00 °C; fever 1.50 °C above; activity 50 % watch, 25 % sick.
    [Theory]
    [InlineData(0, 34_00, 34_00, 1_000_000, HealthState.Healthy, HealthReason.None)]
    [InlineData(180, 30_00, 34_00, 1_000_000, HealthState.DeadPresumed, HealthReason.MotionlessAndColderThanUsual)]
    [InlineData(180, 30_01, 34_00, 1_000_000, HealthState.Sick, HealthReason.Motionless)]
    [InlineData(179, 10_00, 34_00, 1_000_000, HealthState.Healthy, HealthReason.None)]
    [InlineData(180, 24_99, Unknown, Unknown, HealthState.DeadPresumed, HealthReason.MotionlessAndCold)]
    [InlineData(180, 25_00, Unknown, Unknown, HealthState.Sick, HealthReason.Motionless)]
    [InlineData(65_535, Unknown, 34_00, 0, HealthState.Sick, HealthReason.Motionless)]
    [InlineData(0, 34_00, 34_00, 499_999, HealthState.Watch, HealthReason.ActivityLow)]
    [InlineData(0, 34_00, 34_00, 249_999, HealthState.Sick, HealthReason.ActivityVeryLow)]
    [InlineData(0, 37_99, 34_00, 1_000_000, HealthState.Healthy, HealthReason.None)]
    [InlineData(0, 38_00, 34_00, 1_000_000, HealthState.Watch, HealthReason.TemperatureRaised)]
    [InlineData(0, 35_50, 34_00, 499_999, HealthState.Sick, HealthReason.Fever)]
    [InlineData(Unknown, Unknown, Unknown, Unknown, HealthState.Healthy, HealthReason.None)]
    public void Signs_give_a_state_and_the_sign_that_decided(
        int motionless, int temperature, int usual, int activity, HealthState state, HealthReason reason) =>
        Assert.Equal(
            new HealthVerdict(state, reason),
            HealthRule.Assess(new HealthSigns(motionless, temperature, usual, activity), HealthParameters.Default));

    [Fact]
    public void Nothing_is_presumed_dead_that_moves_or_whose_temperature_is_unknown() =>
        Gen.Select(Gen.Int[0, 65_535], Gen.Int[-40_00, 85_00], Gen.Int[-40_00, 85_00], Gen.Int[0, 2_000_000]).Sample((motionless, temperature, usual, activity) =>
        {
            var moving = HealthRule.Assess(new HealthSigns(motionless % 180, temperature, usual, activity), HealthParameters.Default);
            var blind = HealthRule.Assess(new HealthSigns(motionless, Unknown, usual, activity), HealthParameters.Default);
            return moving.State != HealthState.DeadPresumed && blind.State != HealthState.DeadPresumed;
        });

    [Fact]
    public void Factors_are_those_of_the_published_table()
    {
        Fraction[] factors = [.. Enum.GetValues<HealthState>().Select(HealthRule.Factor)];
        Assert.Equal([Fraction.One, new Fraction(800_000), new Fraction(500_000), Fraction.Zero], factors);
    }

    [Fact]
    public void Every_state_reason_and_exclusion_has_its_own_code()
    {
        Assert.Equal(["healthy", "watch", "sick", "dead-presumed"], Enum.GetValues<HealthState>().Select(state => state.Code()));
        Assert.Equal(Enum.GetValues<HealthReason>().Length, Enum.GetValues<HealthReason>().Select(reason => reason.Code()).Distinct().Count());
        Assert.Equal(Enum.GetValues<Presence>().Length, Enum.GetValues<Presence>().Select(presence => presence.Code()).Distinct().Count());
        foreach (var reason in Enum.GetValues<ExclusionReason>())
        {
            Assert.True(ExclusionReasons.TryParse(reason.Code(), out var parsed));
            Assert.Equal(reason, parsed);
        }

        Assert.Equal("beyond-shelf-life", ExclusionReason.BeyondShelfLife.Code());
        Assert.Equal("silent", ExclusionReason.Silent.Code());
        Assert.False(ExclusionReasons.TryParse("lost-in-space", out _));
    }
}
