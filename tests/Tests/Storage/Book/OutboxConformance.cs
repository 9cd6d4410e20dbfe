using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public abstract class OutboxConformance(BookHost host) : BookConformance(host)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private Outbox Outbox => new(Book);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var lending = new LendingBook(Book);
        await lending.AddFacilityAsync(Facility("fac-1"), Cancel);
        var events = Enumerable.Range(1, 3).Select(i => new OutboxRow($"e-{i}", Bank, "margin-call-opened", "mc-1", "{}", Noon.AddSeconds(i), 0, "")).ToArray();
        await lending.CommitAsync(new LendingDecision("d-1", "fac-1", 1, "revalue", "accepted", "{}", "{}", "system", Noon, [], [], [], [], null, events), Cancel);
    }

    [Fact]
    public async Task What_is_taken_is_hidden_until_its_lease_ends()
    {
        Assert.Equal(["e-1", "e-2"], Ids(await Outbox.TakeAsync(2, Noon.AddSeconds(10), Lease, Cancel)));
        Assert.Equal(["e-3"], Ids(await Outbox.TakeAsync(9, Noon.AddSeconds(10), Lease, Cancel)));
        Assert.Empty(await Outbox.TakeAsync(9, Noon.AddSeconds(39), Lease, Cancel));
        Assert.Equal(["e-1", "e-2", "e-3"], Ids(await Outbox.TakeAsync(9, Noon.AddSeconds(40), Lease, Cancel)));
    }

    [Fact]
    public async Task What_is_not_due_yet_is_not_taken() =>
        Assert.Equal(["e-1"], Ids(await Outbox.TakeAsync(9, Noon.AddSeconds(1), Lease, Cancel)));

    [Fact]
    public async Task Racing_deliverers_never_take_the_same_event()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Outbox.TakeAsync(1, Noon.AddSeconds(10), Lease, Cancel), Cancel)));
        Assert.Equal(["e-1", "e-2", "e-3"], taken.SelectMany(Ids).Order());
    }

    [Fact]
    public async Task A_failed_delivery_is_counted_and_due_again_when_told()
    {
        await Outbox.TakeAsync(1, Noon.AddSeconds(1), Lease, Cancel);
        await Outbox.FailedAsync("e-1", new string('x', 10_000), Noon.AddHours(1), Cancel);
        Assert.Equal(["e-2", "e-3"], Ids(await Outbox.TakeAsync(9, Noon.AddMinutes(59), Lease, Cancel)));
        var again = Assert.Single(await Outbox.TakeAsync(9, Noon.AddHours(1), Lease, Cancel), row => row.EventId == "e-1");
        Assert.Equal(1, again.Tries);
    }

    [Fact]
    public async Task A_sink_that_has_it_is_kept_once_and_done_is_pending_no_longer()
    {
        await Outbox.DeliveredAsync("e-1", "webhook", Noon, Cancel);
        await Outbox.DeliveredAsync("e-1", "webhook", Noon, Cancel);
        await Outbox.DeliveredAsync("e-1", "email", Noon, Cancel);
        Assert.Equal("webhook email", (await Outbox.TakeAsync(1, Noon.AddSeconds(1), Lease, Cancel)).Single().DeliveredSinks);
        await Outbox.DoneAsync("e-1", Noon, Cancel);
        await Outbox.FailedAsync("e-1", "late", Noon, Cancel);
        Assert.Equal(2, await Outbox.PendingAsync(Cancel));
        Assert.DoesNotContain("e-1", Ids(await Outbox.TakeAsync(9, Noon.AddDays(1), Lease, Cancel)));
    }

    private static IEnumerable<string> Ids(IEnumerable<OutboxRow> rows) => rows.Select(row => row.EventId);
}
