using Earmark.Silo.Histories;
using Xunit;

namespace Earmark.Tests.Silo.Histories;

public sealed class DaysTests
{
    private static readonly HistoryTailerOptions Options = new();

    /// <summary>The herd's midnight: 16:00 UTC.</summary>
    private static readonly DateTimeOffset Midnight = new(2026, 3, 9, 16, 0, 0, TimeSpan.Zero);
    private readonly MemoryHistory _history = new(_ => false);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_is_condensed_half_an_hour_after_its_midnight_and_once()
    {
        await Condense(Midnight.AddHours(-5), Midnight.AddMinutes(29));
        Assert.Empty(_history.Condensed);
        await Condense(Midnight.AddHours(-5), Midnight.AddMinutes(30));
        await Condense(Midnight.AddHours(-5), Midnight.AddHours(20));
        Assert.Equal([(Midnight.AddDays(-1), Midnight)], _history.Condensed);
    }

    [Fact]
    public async Task The_three_days_before_are_done_again_for_what_came_late()
    {
        for (var day = 0; day < 6; day++)
        {
            _history.Condensed.Clear();
            await Condense(Midnight.AddHours(-5), Midnight.AddDays(day).AddHours(1));
        }

        Assert.Equal([1, 2, 3, 4], _history.Condensed.Select(done => (done.From - Midnight).TotalDays));
    }

    [Fact]
    public async Task After_an_outage_of_days_none_is_left_out_and_a_half_forgotten_one_stays_as_it_was()
    {
        await Condense(Midnight.AddHours(-5), Midnight.AddHours(1));
        _history.Condensed.Clear();
        await Condense(null, Midnight.AddDays(10).AddHours(1));
        Assert.Equal(Enumerable.Range(-3, 13), _history.Condensed.Select(done => (int)(done.From - Midnight).TotalDays));
        _history.Condensed.Clear();
        await Condense(null, Midnight.AddDays(200).AddHours(1));
        Assert.Equal(111, (_history.Condensed[0].From - Midnight).TotalDays);
    }

    [Fact]
    public async Task What_fails_is_done_at_the_next_look()
    {
        var away = true;
        var history = new MemoryHistory(_ => away);
        var days = new Days(history, Options);
        await Assert.ThrowsAsync<IOException>(() => days.CondenseAsync(Midnight.AddHours(-5), Midnight.AddHours(1), Cancel));
        away = false;
        await days.CondenseAsync(Midnight.AddHours(-5), Midnight.AddHours(1), Cancel);
        Assert.Single(history.Condensed);
    }

    private Task Condense(DateTimeOffset? first, DateTimeOffset newest) => new Days(_history, Options).CondenseAsync(first, newest, Cancel);
}
