using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public abstract class AlarmConformance(BookHost host) : BookConformance(host)
{
    private Alarms Alarms => new(Book);

    [Fact]
    public async Task What_stands_opens_once_and_what_is_gone_clears()
    {
        Assert.Equal(2, (await Stand(1, 1, Cause("cow-1", "missing"), Cause("bs-1", "station-silent"))).Count);
        Assert.Empty(await Stand(1, 2, Cause("cow-1", "missing"), Cause("bs-1", "station-silent")));
        var changed = await Stand(1, 3, Cause("cow-1", "missing"), Cause("cow-1", "sick"));
        Assert.Equal([("cow-1", "sick", "raised"), ("bs-1", "station-silent", "cleared")], changed.Select(alarm => (alarm.Subject, alarm.Cause, alarm.State)));
        Assert.Equal(2, await Alarms.CountOpenAsync(Bank, Cancel));
        Assert.Equal(3, (await Alarms.AlarmsAsync(Bank, "ranch-1", false, 0, 10, Cancel)).Count);
        Assert.Equal(2, (await Alarms.AlarmsAsync(Bank, null, true, 0, 10, Cancel)).Count);
        Assert.Equal(0, await Alarms.CountOpenAsync("other-bank", Cancel));
    }

    [Fact]
    public async Task A_standing_that_is_repeated_or_older_changes_nothing()
    {
        await Stand(2, 5, Cause("cow-1", "missing"));
        Assert.Empty(await Stand(2, 5));
        Assert.Empty(await Stand(2, 4));
        Assert.Empty(await Stand(1, 99));
        Assert.Equal(1, await Alarms.CountOpenAsync(Bank, Cancel));
        Assert.Single(await Stand(3, 1));
        Assert.Equal(0, await Alarms.CountOpenAsync(Bank, Cancel));
    }

    [Fact]
    public async Task The_same_cause_twice_in_one_standing_is_one_alarm()
    {
        await Stand(1, 1, Cause("cow-1", "missing"), Cause("cow-1", "missing"));
        Assert.Equal(1, await Alarms.CountOpenAsync(Bank, Cancel));
    }

    [Fact]
    public async Task An_alarm_that_grows_worse_keeps_its_name_its_beginning_and_its_acknowledgement()
    {
        var raised = Assert.Single(await Stand(1, 1, Cause("cow-1", "sick")));
        Assert.True(await Alarms.AcknowledgeAsync(raised.AlarmId, "officer", "vet called", Noon, Cancel));
        Assert.False(await Alarms.AcknowledgeAsync(raised.AlarmId, "other", "again", Noon, Cancel));
        Assert.Single(await Stand(1, 2, Cause("cow-1", "sick") with { Severity = 3, Since = Noon.AddDays(1) }));
        var alarm = (await Alarms.AlarmAsync(Bank, raised.AlarmId, Cancel))!;
        Assert.Equal((3, Noon, "acknowledged", "officer", "vet called"), (alarm.Severity, alarm.Since, alarm.State, alarm.AcknowledgedBy, alarm.Comment));
        Assert.Null(await Alarms.AlarmAsync("other-bank", raised.AlarmId, Cancel));
    }

    [Fact]
    public async Task What_comes_back_after_it_was_cleared_is_a_new_alarm()
    {
        var first = Assert.Single(await Stand(1, 1, Cause("cow-1", "sick")));
        await Stand(1, 2);
        Assert.False(await Alarms.AcknowledgeAsync(first.AlarmId, "officer", "late", Noon, Cancel));
        var second = Assert.Single(await Stand(1, 3, Cause("cow-1", "sick")));
        Assert.NotEqual(first.AlarmId, second.AlarmId);
    }

    private Task<IReadOnlyList<AlarmRow>> Stand(long epoch, long position, params AlarmCauseRow[] causes) =>
        Alarms.StandAsync("ranch-1", Bank, epoch, position, Noon.AddMinutes(position), causes, Cancel);

    private static AlarmCauseRow Cause(string subject, string cause) => new(subject, cause, 2, Noon, "detail");
}
