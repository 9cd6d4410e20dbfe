using System.Runtime.CompilerServices;
using CsCheck;
using Earmark.Valuation;
using Xunit;

namespace Earmark.Tests.Valuation;

public sealed class PresenceRuleTests
{
    private const int Hour = 3_600;

    [Theory]
    [InlineData(0, 0, true, Presence.Present)]
    [InlineData(1_799, 0, true, Presence.Present)]
    [InlineData(1_800, 0, true, Presence.Silent)]
    [InlineData((5 * Hour) - 1, 0, true, Presence.Silent)]
    [InlineData(5 * Hour, 0, true, Presence.Missing)]
    [InlineData(1_800, 0, false, Presence.Unobserved)]
    [InlineData(5 * Hour, 0, false, Presence.Missing)]
    [InlineData(5 * Hour, 1_200, true, Presence.Silent)] // heard every 20 min: silent after 2 h, missing after 8 h
    [InlineData(8 * Hour, 1_200, true, Presence.Missing)]
    [InlineData(7_199, 1_200, true, Presence.Present)]
    [InlineData(24 * Hour, 86_400, true, Presence.Missing)]
    public void Silence_in_covered_time_becomes_a_finding(int covered, int usualGap, bool isObserved, Presence presence) =>
        Assert.Equal(presence, PresenceRule.Assess(covered, usualGap, isObserved, PresenceParameters.Default));

    [Fact]
    public void An_outage_of_any_length_makes_nothing_missing()
    {
        var station = default(CoverageClock);
        station.Hear(1_000_000);
        var heardAt = station.CoveredSeconds;
        station.Hear(1_000_000 + (40 * Hour));
        Assert.Equal(Presence.Present, PresenceRule.Assess(station.CoveredSeconds - heardAt, 0, true, PresenceParameters.Default));
        for (var second = 60; second <= 5 * Hour; second += 60)
        {
            station.Hear(1_000_000 + (40 * Hour) + second);
        }

        Assert.Equal(5 * Hour, station.CoveredSeconds);
        Assert.Equal(Presence.Missing, PresenceRule.Assess(station.CoveredSeconds - heardAt, 0, true, PresenceParameters.Default));
    }

    [Fact]
    public void Backlog_repeats_and_gaps_add_no_coverage()
    {
        var station = default(CoverageClock);
        foreach (var at in (long[])[1_000, 1_060, 1_060, 1_030, 1_120, 1_421, 1_721])
        {
            station.Hear(at);
        }

        Assert.Equal(60 + 60 + 300, station.CoveredSeconds); // 1,120 → 1,421 is a second too long
        Assert.Equal(1_721, station.LastFrameAt);
    }

    [Fact]
    public void A_station_is_observed_for_thirty_minutes_after_its_last_frame()
    {
        var station = default(CoverageClock);
        Assert.False(station.IsObserved(10));
        station.Hear(1_000);
        Assert.True(station.IsObserved(2_800));
        Assert.False(station.IsObserved(2_801));
        Assert.Equal(16, Unsafe.SizeOf<CoverageClock>());
    }

    [Fact]
    public void More_silence_never_makes_an_animal_less_missing() =>
        Gen.Select(Gen.Int[0, 30 * Hour], Gen.Int[0, 30 * Hour], Gen.Int[0, Hour], Gen.Bool).Sample((covered, more, gap, isObserved) =>
            PresenceRule.Assess(covered, gap, isObserved, PresenceParameters.Default) != Presence.Missing
            || PresenceRule.Assess(covered + more, gap, isObserved, PresenceParameters.Default) == Presence.Missing);
}
