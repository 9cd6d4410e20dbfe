using Earmark.Storage;
using Earmark.Storage.Journal;
using Earmark.Storage.Postgres;
using Earmark.SystemTests.Running;
using Earmark.Tests.Storage.Journal;

namespace Earmark.SystemTests.Postgres;

/// <summary>Each silo has a journal of its own on the same database.</summary>
public sealed class Several_silos_write_one_journal(SharedPostgres postgres)
{
    private const int Silos = 4;
    private const int SitesPerSilo = 5;
    private const int AppendsPerSite = 40;

    [Fact]
    public async Task A_tail_that_reads_while_they_commit_gets_every_entry_once_and_in_order()
    {
        var database = await postgres.NewDatabaseAsync();
        var silos = Enumerable.Range(0, Silos).Select(_ => Open(database)).ToArray();
        try
        {
            using var done = new CancellationTokenSource();
            var reading = Task.Run(() => ReadToEndAsync(silos[0], done.Token));
            await Task.WhenAll(silos.SelectMany((silo, number) => Enumerable.Range(0, SitesPerSilo).Select(site => Task.Run(() => WriteAsync(silo, $"ranch-{number}-{site}")))));
            await done.CancelAsync();
            var read = await reading;
            Assert.Equal(Enumerable.Range(1, read.Count).Select(number => (long)number), read.Select(entry => entry.Sequence));
            foreach (var site in read.GroupBy(entry => entry.SiteId))
            {
                var head = await silos[0].HeadAsync(site.Key, default);
                Assert.Equal(Enumerable.Range(1, (int)head!.Position).Select(number => (long)number), site.Select(entry => entry.Position));
            }

            Assert.Equal(Silos * SitesPerSilo, read.Select(entry => entry.SiteId).Distinct().Count());
        }
        finally
        {
            Array.ForEach(silos, silo => silo.Dispose());
        }
    }

    [Fact]
    public async Task A_site_taken_over_by_another_silo_is_fenced_in_the_first_and_its_neighbours_go_on()
    {
        var database = await postgres.NewDatabaseAsync();
        using var first = Open(database);
        using var second = Open(database);
        var zombie = await Chain.Take(first, "ranch-1");
        var neighbours = await Task.WhenAll(Enumerable.Range(2, 30).Select(number => Chain.Take(first, $"ranch-{number}")));
        Assert.True(await zombie.Append(first));
        var heir = await Chain.Take(second, "ranch-1");
        Assert.True(await heir.Append(second));

        var appends = neighbours.Append(zombie).Select(chain => chain.Append(first)).ToArray();
        var answers = await Task.WhenAll(appends);
        Assert.All(answers[..^1], Assert.True);
        Assert.False(answers[^1]);
        Assert.Equal([1L, 2L], (await first.ReadAsync("ranch-1", 0, 10, default)).Select(entry => entry.Epoch));
    }

    [Fact]
    public async Task A_silo_stopped_in_the_middle_of_a_group_holds_nobody_up_and_takes_no_sequence()
    {
        var database = await postgres.NewDatabaseAsync();
        using var journal = Open(database);
        var chain = await Chain.Take(journal, "ranch-1");
        Assert.True(await chain.Append(journal));

        // What such a silo leaves behind: a transaction that copied entries and waits for the process to go on.
        await using var stopped = new Npgsql.NpgsqlConnection(database);
        await stopped.OpenAsync();
        await using var transaction = await stopped.BeginTransactionAsync();
        await using (var copied = new Npgsql.NpgsqlCommand("INSERT INTO journal.entry_1 SELECT (99::bigint << 20), 2, epoch, at, period, site_key, codec, settings, kind, trust, hash, device_id, body FROM journal.entry_1", stopped, transaction))
        {
            Assert.Equal(1, await copied.ExecuteNonQueryAsync());
        }

        var heir = await Chain.Take(journal, "ranch-1");
        Assert.True(await heir.Append(journal));
        Assert.Equal([1L, 2L], (await journal.TailAsync(0, 10, default)).Select(entry => entry.Sequence));
    }

    private static async Task WriteAsync(PostgresJournal silo, string site)
    {
        var chain = await Chain.Take(silo, site);
        for (var i = 0; i < AppendsPerSite; i++)
        {
            Assert.True(await chain.Append(silo, (i % 3) + 1, 300));
        }
    }

    /// <summary>Reads on until it finds nothing new after the writers ended.</summary>
    private static async Task<List<JournalEntry>> ReadToEndAsync(PostgresJournal journal, CancellationToken done)
    {
        var read = new List<JournalEntry>();
        while (true)
        {
            var ended = done.IsCancellationRequested;
            var entries = await journal.TailAsync(read.Count == 0 ? 0 : read[^1].Sequence, 37, CancellationToken.None);
            read.AddRange(entries);
            if (ended && entries.Count == 0)
            {
                return read;
            }
        }
    }

    private static PostgresJournal Open(string database) => new(new StorageOptions { DataFolder = "", Postgres = new PostgresConnection(database) });
}
