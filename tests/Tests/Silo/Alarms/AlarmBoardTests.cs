using Earmark.Contracts.Alarms;
using Earmark.Silo.Alarms;
using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Silo.Alarms;

public sealed class AlarmBoardTests
{
    [Fact]
    public async Task What_stands_is_open_once_and_what_is_gone_is_cleared()
    {
        await using var bank = await OpenAsync();
        var board = bank.Grains.GetGrain<IAlarmBoardGrain>("ranch-1");
        var now = bank.Clock.GetUtcNow();
        StandingCause dead = new("cow-1", "dead-presumed", 3, now, "motionless");
        await board.Stand(Standing(bank, 1, dead, dead with { Detail = "named twice" }, new("bs-1", "station-silent", 2, now, "")));
        await board.Stand(Standing(bank, 2, dead));
        await board.Stand(Standing(bank, 1));
        var all = await bank.Service<IAlarms>().AlarmsAsync(Bank.Institution, null, openOnly: false, 0, 10, Bank.Cancel);
        Assert.Equal(["cleared", "raised"], all.Select(alarm => alarm.State).Order(StringComparer.Ordinal));

        var open = Assert.Single(all, alarm => alarm.State == "raised");
        Assert.True(await board.Acknowledge(open.AlarmId, "officer", "on my way"));
        Assert.False(await board.Acknowledge("no-such-alarm", "officer", ""));
        Assert.False(await board.Acknowledge(open.AlarmId, "officer", new string('x', 501)));
    }

    [Fact]
    public async Task A_board_takes_no_other_sites_word_and_keeps_the_gravest_of_too_many()
    {
        await using var bank = await OpenAsync();
        var board = bank.Grains.GetGrain<IAlarmBoardGrain>("ranch-1");
        await board.Stand(Standing(bank, 1, new StandingCause("cow-1", "missing", 2, default, "")) with { SiteId = "ranch-2" });
        var alarms = bank.Service<IAlarms>();
        Assert.Equal(0, await alarms.CountOpenAsync(Bank.Institution, Bank.Cancel));
        StandingCause[] many = [.. Enumerable.Range(0, AlarmBoardGrain.MaximumCauses).Select(number => new StandingCause($"cow-{number}", "sick", 1, default, ""))];
        await board.Stand(Standing(bank, 2, [.. many, new StandingCause("ranch-1", "site-unobserved", 3, default, "")]));
        Assert.Equal(AlarmBoardGrain.MaximumCauses, await alarms.CountOpenAsync(Bank.Institution, Bank.Cancel));
        var open = await alarms.AlarmsAsync(Bank.Institution, "ranch-1", openOnly: true, 0, 200, Bank.Cancel);
        Assert.Contains(open, alarm => alarm.Cause == "site-unobserved");
    }

    private static AlarmStanding Standing(Bank bank, long position, params StandingCause[] causes) =>
        new("ranch-1", Bank.Institution, 1, position, bank.Clock.GetUtcNow(), causes);

    private static async Task<Bank> OpenAsync()
    {
        var bank = await Bank.OpenAsync();
        await bank.Service<IRegister>().AddSiteAsync(new SiteRow("ranch-1", Bank.Institution, 1, "Ranch", "pen-1", null, null), Bank.Cancel);
        return bank;
    }
}
