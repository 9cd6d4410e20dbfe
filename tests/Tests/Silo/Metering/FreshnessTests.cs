using Earmark.Silo.Histories;
using Earmark.Silo.Metering;
using Xunit;

namespace Earmark.Tests.Silo.Metering;

public sealed class FreshnessTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_one_furthest_behind_counts_and_one_that_never_was_current_is_catching_up()
    {
        var board = new Freshness();
        Assert.Equal((0, 0, TimeSpan.Zero), (board.Count, board.CatchingUp, board.Behind(Noon)));
        var (quick, slow, opening) = (board.Add(), board.Add(), board.Add());
        quick.At = Noon.AddSeconds(-1);
        slow.At = Noon.AddSeconds(-90);
        Assert.Equal((3, 1, TimeSpan.FromSeconds(90)), (board.Count, board.CatchingUp, board.Behind(Noon)));
        board.Remove(slow);
        opening.At = Noon.AddSeconds(5);
        Assert.Equal((2, 0, TimeSpan.FromSeconds(1)), (board.Count, board.CatchingUp, board.Behind(Noon)));
        Assert.Equal(TimeSpan.Zero, board.Behind(Noon.AddSeconds(-2)));
    }

    [Fact]
    public void History_is_behind_by_what_it_has_not_read_and_from_the_start_when_it_never_could()
    {
        Assert.Equal(TimeSpan.Zero, Lag(new TailerProgress(9, Noon.AddHours(-5), CaughtUp: true, null, 0)));
        Assert.Equal(TimeSpan.FromHours(5), Lag(new TailerProgress(9, Noon.AddHours(-5), CaughtUp: false, "away", 3)));
        Assert.Equal(TimeSpan.FromMinutes(10), Lag(new TailerProgress(0, null, CaughtUp: false, "away", 3)));
        Assert.Equal(TimeSpan.Zero, Lag(new TailerProgress(9, Noon.AddHours(1), CaughtUp: false, null, 0)));
    }

    private static TimeSpan Lag(TailerProgress progress) => SiloGauges.Lag(progress, Noon.AddMinutes(-10), Noon);
}
