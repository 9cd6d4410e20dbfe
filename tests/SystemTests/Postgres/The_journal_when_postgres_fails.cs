using System.Diagnostics;
using Earmark.Storage;
using Earmark.Storage.Journal;
using Earmark.Storage.Postgres;
using Earmark.SystemTests.Running;
using Earmark.Tests.Storage.Journal;
using Npgsql;

namespace Earmark.SystemTests.Postgres;

/// <summary>Acknowledged is durable, whatever becomes of the database; a failure is told clearly and the journal goes on by itself.</summary>
public sealed class The_journal_when_postgres_fails(PrivatePostgres postgres) : IClassFixture<PrivatePostgres>
{
    private PostgresServer Server => postgres.Server;

    [Fact]
    public async Task Restarted_and_killed_mid_batch_it_loses_nothing_acknowledged_and_doubles_nothing()
    {
        using var journal = await OpenAsync();
        using var end = new CancellationTokenSource();
        var sites = Enumerable.Range(1, 12).Select(number => new StubbornSite(journal, $"ranch-{number}")).ToArray();
        var writing = sites.Select(site => Task.Run(() => site.WriteAsync(end.Token))).ToArray();
        Func<Task>[] faults = [Server.RestartAsync, KillAndStartAsync, Server.RestartAsync, KillAndStartAsync];
        foreach (var fault in faults)
        {
            await ProgressAsync(sites);
            await fault();
        }

        await ProgressAsync(sites);
        await end.CancelAsync();
        await Task.WhenAll(writing);
        TestContext.Current.SendDiagnosticMessage(
            $"restarts and kills: {sites.Sum(site => site.Acknowledged)} acknowledged, {sites.Sum(site => site.Unavailable)} unavailable, {sites.Sum(site => site.Unknown)} unknown");
        foreach (var site in sites)
        {
            var verdict = await JournalVerifier.VerifyAsync(journal, site.SiteId);
            Assert.True(verdict.IsWhole, verdict.Because);
            Assert.InRange(site.Acknowledged, 1, verdict.Entries);
        }

        await TailIsWholeAsync(journal, sites.Select(site => site.SiteId));
    }

    [Fact]
    public async Task While_it_is_down_appends_are_unavailable_at_once_and_the_same_journal_goes_on_afterwards()
    {
        using var journal = await OpenAsync();
        var chain = await Chain.Take(journal, "ranch-1");
        Assert.True(await chain.Append(journal));
        await Server.StopAsync();
        try
        {
            for (var i = 0; i < 3; i++)
            {
                await Assert.ThrowsAsync<JournalUnavailableException>(() => chain.Append(journal));
            }

            await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.TakeEpochAsync("ranch-2", default));
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => journal.ReadAsync("ranch-1", 0, 10, default));
        }
        finally
        {
            await Server.StartAgainAsync();
        }

        Assert.True(await chain.Append(journal), "the same append goes through once the database is back");
        Assert.Equal(2, (await journal.ReadAsync("ranch-1", 0, 10, default)).Count);
        Assert.Equal(2, (await journal.TailAsync(0, 10, default)).Count);
    }

    [Fact]
    public async Task A_connection_that_died_while_nothing_was_written_costs_no_append()
    {
        using var journal = await OpenAsync();
        var chain = await Chain.Take(journal, "ranch-1");
        Assert.True(await chain.Append(journal));
        await Server.RestartAsync();
        Assert.True(await chain.Append(journal));
        Assert.NotNull(await journal.HeadAsync("ranch-1", default));
        Assert.Null(await journal.LoadSnapshotAsync("ranch-1", default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_cut_or_a_silence_at_the_commit_is_an_unknown_outcome(bool cut)
    {
        var database = await Server.NewDatabaseAsync();
        using var journal = Open(database, TimeSpan.FromSeconds(cut ? 60 : 1));
        var chain = await Chain.Take(journal, "ranch-1");
        Assert.True(await chain.Append(journal));
        await using var source = NpgsqlDataSource.Create(database);
        await using (var blocking = await source.OpenConnectionAsync())
        {
            await using var transaction = await blocking.BeginTransactionAsync();
            await using var holding = new NpgsqlCommand("SELECT 1 FROM journal.tail FOR UPDATE", blocking, transaction);
            await holding.ExecuteScalarAsync();
            var append = chain.Append(journal);
            if (cut)
            {
                await CutWaitingAsync(source);
            }

            var failure = await Assert.ThrowsAnyAsync<Exception>(() => append);
            Assert.IsNotType<JournalUnavailableException>(failure);
        }

        var head = await journal.TakeEpochAsync("ranch-1", default);
        Assert.True(await new Chain(head).Append(journal), "the next activation reads where the journal stands and goes on");
        Assert.True((await JournalVerifier.VerifyAsync(journal, "ranch-1")).IsWhole);
    }

    [Fact]
    public async Task A_disk_the_database_calls_full_makes_the_group_unavailable_and_it_goes_on_with_room()
    {
        var database = await Server.NewDatabaseAsync();
        using var journal = Open(database, TimeSpan.FromSeconds(60));
        var chain = await Chain.Take(journal, "ranch-1");
        Assert.True(await chain.Append(journal));
        await PostgresServer.ExecuteAsync(
            database,
            """
            CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER no_room BEFORE INSERT ON journal.entry_1 EXECUTE FUNCTION no_room();
            """);
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => chain.Append(journal));
        Assert.Contains("no space left", refused.Message, StringComparison.Ordinal);
        await PostgresServer.ExecuteAsync(database, "DROP TRIGGER no_room ON journal.entry_1");
        Assert.True(await chain.Append(journal));
        Assert.Equal([1L, 2L], (await journal.TailAsync(0, 10, default)).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task A_commit_that_the_database_refuses_wrote_nothing_and_one_that_does_not_answer_in_time_is_unknown()
    {
        var database = await Server.NewDatabaseAsync();
        using var journal = Open(database, TimeSpan.FromSeconds(1));
        var chain = await Chain.Take(journal, "ranch-1");
        Assert.True(await chain.Append(journal));
        await AtCommitAsync(database, "RAISE EXCEPTION 'not now'");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => chain.Append(journal));
        Assert.Equal(1, (await journal.HeadAsync("ranch-1", default))!.Position);

        await AtCommitAsync(database, "PERFORM pg_sleep(3)");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => chain.Append(journal));
        Assert.IsNotType<JournalUnavailableException>(failure);
        await PostgresServer.ExecuteAsync(database, "DROP FUNCTION at_commit CASCADE");
        Assert.True(await new Chain(await journal.TakeEpochAsync("ranch-1", default)).Append(journal));
        Assert.True((await JournalVerifier.VerifyAsync(journal, "ranch-1")).IsWhole);
    }

    /// <summary>Runs a statement inside every COMMIT of a group, after all that went before it succeeded.</summary>
    private static Task AtCommitAsync(string database, string statement) => PostgresServer.ExecuteAsync(
        database,
        $"""
        CREATE OR REPLACE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {statement}; RETURN NULL; END $$;
        DROP TRIGGER IF EXISTS at_commit ON journal.entry_group_1;
        CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON journal.entry_group_1 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION at_commit();
        """);

    private async Task KillAndStartAsync()
    {
        await Server.KillAsync();
        await Server.StartAgainAsync();
    }

    private async Task<PostgresJournal> OpenAsync() => Open(await Server.NewDatabaseAsync(), TimeSpan.FromSeconds(60));

    private static PostgresJournal Open(string database, TimeSpan commitLimit) =>
        new(new StorageOptions { DataFolder = "", Postgres = new PostgresConnection(database), PostgresCommitLimit = commitLimit });

    /// <summary>Waits until every site was told of something new.</summary>
    private static async Task ProgressAsync(StubbornSite[] sites)
    {
        var before = sites.Select(site => site.Acknowledged).ToArray();
        var since = Stopwatch.GetTimestamp();
        while (sites.Where((site, i) => site.Acknowledged <= before[i]).Any())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(2), "some sites write nothing any more");
            await Task.Delay(20);
        }
    }

    private static async Task CutWaitingAsync(NpgsqlDataSource source)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            await using var cut = source.CreateCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%commit_group%'");
            if ((long)(await cut.ExecuteScalarAsync())! > 0)
            {
                return;
            }

            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(2), "the append never came to its commit");
            await Task.Delay(20);
        }
    }

    private static async Task TailIsWholeAsync(IJournal journal, IEnumerable<string> siteIds)
    {
        var positions = siteIds.ToDictionary(site => site, _ => 0L);
        long last = 0;
        while (await journal.TailAsync(last, 777, default) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                Assert.Equal(++last, entry.Sequence);
                Assert.Equal(++positions[entry.SiteId], entry.Position);
            }
        }

        foreach (var (site, position) in positions)
        {
            Assert.Equal((await journal.HeadAsync(site, default))!.Position, position);
        }
    }
}
