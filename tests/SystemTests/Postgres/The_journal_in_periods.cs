using Earmark.Storage;
using Earmark.Storage.Journal;
using Earmark.Storage.Postgres;
using Earmark.SystemTests.Running;
using Earmark.Tests.Storage;
using Earmark.Tests.Storage.Journal;
using Npgsql;

namespace Earmark.SystemTests.Postgres;

/// <summary>Partitions of time: opened ahead, detached into files that prove themselves, brought back, all while sites write.</summary>
public sealed class The_journal_in_periods(SharedPostgres postgres) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private string database = "";
    private PostgresJournal journal = null!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.NewDatabaseAsync();
        journal = new PostgresJournal(new StorageOptions { DataFolder = "", Postgres = new PostgresConnection(database) });
    }

    public ValueTask DisposeAsync()
    {
        journal.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Sites_and_tail_go_on_across_periods_and_a_period_opens_only_when_its_time_has_come()
    {
        var chain = await Chain.Take(journal, "ranch-1");
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await chain.Append(journal, 4));
            Assert.False(await journal.OpenNextPeriodAsync(TimeSpan.FromDays(1), default));
            Assert.True(await journal.OpenNextPeriodAsync(TimeSpan.Zero, default));
        }

        Assert.True(await chain.Append(journal, 4));
        Assert.Equal([(1, 0L, 4L), (2, 4L, 8L), (3, 8L, 12L), (4, 12L, -1L)], (await journal.PeriodsAsync(default)).Select(period => (period.Number, period.AfterSequence, period.LastSequence ?? -1)));
        Assert.Equal(Enumerable.Range(1, 16).Select(number => (long)number), (await journal.TailAsync(0, 100, default)).Select(entry => entry.Sequence));
        Assert.Equal(Enumerable.Range(3, 10).Select(number => (long)number), (await journal.ReadAsync("ranch-1", 2, 10, default)).Select(entry => entry.Position));
        Assert.True((await JournalVerifier.VerifyAsync(journal, "ranch-1")).IsWhole);
    }

    [Fact]
    public async Task A_period_stays_while_it_is_written_to_unread_or_needed_for_a_recomputation()
    {
        var site = await OpenedSite.TakeAsync(journal, "ranch-1");
        await site.Chain.Append(journal, 5);
        await Refused(1, 100, "still written to");
        await journal.OpenNextPeriodAsync(TimeSpan.Zero, default);
        await Refused(1, 4, "History has read to sequence 4");
        await Refused(1, 5, "1 sites have no opening state after period 1: ranch-1.");
        Assert.True(await journal.SaveOpeningAsync(site.State(), default));
        await Refused(1, 5, "no opening state");
        await site.OpenAsync();
        await journal.OpenNextPeriodAsync(TimeSpan.Zero, default);
        await Refused(2, 100, "Period 1 is older");
        Assert.Null((await journal.DetachAsync(1, folder.Path, 5, default)).Because);
        await Refused(1, 100, "detached already");
        await Refused(9, 100, "no period 9");
    }

    [Fact]
    public async Task After_a_detach_verification_starts_at_the_cut_and_recomputation_at_the_opening_and_the_file_brings_all_back()
    {
        var site = await OpenedSite.TakeAsync(journal, "ranch-1");
        var other = await OpenedSite.TakeAsync(journal, "ranch-2");
        await site.Chain.Append(journal, 20, 3_000);
        await other.Chain.Append(journal, 10);
        await journal.OpenNextPeriodAsync(TimeSpan.Zero, default);
        await site.Chain.Append(journal, 3);
        await site.OpenAsync();
        await other.OpenAsync();
        await site.Chain.Append(journal, 5);
        var before = (await journal.TailAsync(0, 100, default)).Select(Line).ToArray();

        var detached = await journal.DetachAsync(1, folder.Path, 30, default);
        Assert.Equal((null, 30L), (detached.Because, detached.Entries));
        Assert.False(await TableIsThereAsync("journal.entry_1") || await TableIsThereAsync("journal.entry_group_1"));
        Assert.Equal(20, (await journal.CutAsync("ranch-1", default))!.Position);
        var verdict = await JournalVerifier.VerifyAsync(journal, "ranch-1");
        Assert.True(verdict.IsWhole, verdict.Because);
        Assert.Equal(9, verdict.Entries);
        var opening = (await journal.LoadOpeningAsync("ranch-1", default))!;
        Assert.Equal(23, opening.Position);
        Assert.True(OpeningState.Vouches(Assert.Single(await journal.ReadAsync("ranch-1", 23, 1, default)), opening));
        Assert.Equal(before[30..], (await journal.TailAsync(0, 100, default)).Select(Line));
        Assert.True(await site.Chain.Append(journal));

        Assert.Null(await journal.AttachAsync(detached.File!, default));
        Assert.Equal(before, (await journal.TailAsync(0, 40, default)).Select(Line));
        Assert.Null(await journal.CutAsync("ranch-1", default));
        Assert.Equal(site.Chain.Position, (await JournalVerifier.VerifyAsync(journal, "ranch-1")).Entries);
        Assert.Null((await journal.DetachAsync(1, folder.Path, 30, default)).Because);
    }

    [Fact]
    public async Task A_file_that_was_changed_or_is_another_s_is_not_brought_back()
    {
        var site = await OpenedSite.TakeAsync(journal, "ranch-1");
        await site.Chain.Append(journal, 5);
        await journal.OpenNextPeriodAsync(TimeSpan.Zero, default);
        await site.OpenAsync();
        var file = (await journal.DetachAsync(1, folder.Path, 5, default)).File!;
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^60] ^= 1;
        var changed = Path.Combine(folder.Path, "changed");
        await File.WriteAllBytesAsync(changed, bytes);
        await Assert.ThrowsAsync<InvalidDataException>(() => journal.AttachAsync(changed, default));
        await PostgresServer.ExecuteAsync(database, "UPDATE journal.period SET archive_hash = sha256('another') WHERE period = 1");
        Assert.Contains("not the one", await journal.AttachAsync(file, default), StringComparison.Ordinal);
        Assert.True((await JournalVerifier.VerifyAsync(journal, "ranch-1")).IsWhole);
    }

    [Fact]
    public async Task A_detach_cut_short_after_the_file_is_finished_by_the_next_call()
    {
        var site = await OpenedSite.TakeAsync(journal, "ranch-1");
        await site.Chain.Append(journal, 5);
        await journal.OpenNextPeriodAsync(TimeSpan.Zero, default);
        await site.OpenAsync();
        await using var source = NpgsqlDataSource.Create(database);
        await using (var reader = await source.OpenConnectionAsync())
        {
            // A reader in an open transaction keeps DETACH … CONCURRENTLY waiting; its caller gives up.
            await using var transaction = await reader.BeginTransactionAsync();
            await using var reading = new NpgsqlCommand("SELECT count(*) FROM journal.entry", reader, transaction);
            Assert.Equal(6L, await reading.ExecuteScalarAsync());
            using var patience = new CancellationTokenSource();
            var detaching = journal.DetachAsync(1, folder.Path, 5, patience.Token);
            await using var waiting = source.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'ALTER TABLE%DETACH%' AND wait_event_type = 'Lock'");
            await Eventually.Holds(() => (long)waiting.ExecuteScalar()! > 0, "the detach waits for the reader");
            Assert.True(await site.Chain.Append(journal), "writing goes on meanwhile");
            Assert.Equal(7, (await journal.HeadAsync("ranch-1", default))!.Position);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => detaching);
        }

        Assert.True(await TableIsThereAsync("journal.entry_1"));
        Assert.Equal([6L, 7L], (await journal.TailAsync(0, 10, default)).Select(entry => entry.Sequence));
        Assert.Equal([6L, 7L], (await journal.ReadAsync("ranch-1", 5, 2, default)).Select(entry => entry.Position));
        Assert.Contains("detached already", (await journal.DetachAsync(1, folder.Path, 5, default)).Because, StringComparison.Ordinal);
        Assert.False(await TableIsThereAsync("journal.entry_1"));
        Assert.True((await JournalVerifier.VerifyAsync(journal, "ranch-1")).IsWhole);
    }

    [Fact]
    public async Task A_period_is_detached_under_load_and_nothing_acknowledged_is_lost()
    {
        using var end = new CancellationTokenSource();
        var quiet = await OpenedSite.TakeAsync(journal, "quiet");
        await quiet.Chain.Append(journal, 500, 1_000);
        await journal.OpenNextPeriodAsync(TimeSpan.Zero, default);
        await quiet.OpenAsync();
        var sites = Enumerable.Range(1, 8).Select(number => new StubbornSite(journal, $"ranch-{number}")).ToArray();
        var writing = sites.Select(site => Task.Run(() => site.WriteAsync(end.Token))).ToArray();
        var detached = await journal.DetachAsync(1, folder.Path, 500, default);
        var after = sites.Select(site => site.Acknowledged).ToArray();
        await Eventually.Holds(() => sites.Zip(after).All(site => site.First.Acknowledged > site.Second), "the sites go on after it");
        await journal.OpenNextPeriodAsync(TimeSpan.Zero, default);
        after = [.. sites.Select(site => site.Acknowledged)];
        await Eventually.Holds(() => sites.Zip(after).All(site => site.First.Acknowledged > site.Second), "the sites go on in the next period");
        await end.CancelAsync();
        await Task.WhenAll(writing);

        Assert.Equal((null, 500L), (detached.Because, detached.Entries));
        Assert.All(sites, site => Assert.Equal((0, 0), (site.Unavailable, site.Unknown)));
        foreach (var site in sites)
        {
            var verdict = await JournalVerifier.VerifyAsync(journal, site.SiteId);
            Assert.True(verdict.IsWhole, verdict.Because);
            Assert.Equal(site.Acknowledged, verdict.Entries);
        }
    }

    private async Task Refused(int period, long tailedTo, string because)
    {
        var detachment = await journal.DetachAsync(period, folder.Path, tailedTo, default);
        Assert.Contains(because, detachment.Because, StringComparison.Ordinal);
        Assert.Null(detachment.File);
    }

    private async Task<bool> TableIsThereAsync(string table)
    {
        await using var source = NpgsqlDataSource.Create(database + ";Pooling=false");
        await using var command = source.CreateCommand($"SELECT to_regclass('{table}') IS NOT NULL");
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static string Line(JournalEntry entry) => $"{entry.Sequence} {entry.SiteId} {entry.Epoch} {entry.Position} {Convert.ToHexString(entry.Hash)}";
}
