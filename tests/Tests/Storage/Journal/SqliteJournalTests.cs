using Earmark.Storage;
using Earmark.Storage.Journal;
using Earmark.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Earmark.Tests.Storage.Journal;

public sealed class SqliteJournalTests : JournalConformance
{
    private readonly TemporaryFolder _folder = new();
    private StorageOptions? _options;

    private StorageOptions Options => _options ??= new StorageOptions { DataFolder = _folder.Path, LockWait = TimeSpan.FromMilliseconds(100) };

    private static CancellationToken Cancel => Chain.Cancel;

    protected override Task<IJournal> Open() => Task.FromResult<IJournal>(new SqliteJournal(Options));

    protected override Task FlipByte(string siteId, long position)
    {
        Execute($"UPDATE entry SET body = CAST(zeroblob(length(body) - 1) || x'01' AS BLOB) WHERE position = {position}");
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_locked_file_makes_the_group_unavailable_and_nothing_of_it_is_written()
    {
        var chain = await Chain.Take(Journal, "ranch-1");
        Assert.True(await chain.Append(Journal));
        using (var other = Connect())
        {
            using var locking = other.BeginTransaction(deferred: false);
            await Assert.ThrowsAsync<JournalUnavailableException>(() => chain.Append(Journal));
        }

        Assert.Equal(1, (await Journal.HeadAsync("ranch-1", Cancel))!.Position);
        Assert.True(await chain.Append(Journal));
        Assert.True((await JournalVerifier.VerifyAsync(Journal, "ranch-1", Cancel)).IsWhole);
    }

    [Fact]
    public async Task A_full_disk_makes_the_group_unavailable_and_what_was_answered_stays()
    {
        _options = Options with { JournalMaximumBytes = 64 * 16_384 };
        await Reopen();
        var chain = await Chain.Take(Journal, "ranch-1");
        var small = await Chain.Take(Journal, "ranch-2");
        var refused = false;
        while (!refused)
        {
            Assert.True(chain.Position < 100, "the limit never came");
            try
            {
                Assert.True(await chain.Append(Journal, 1, 50_000));
            }
            catch (JournalUnavailableException)
            {
                refused = true;
            }
        }

        Assert.True(await small.Append(Journal), "a later group that fits is written by the same journal");
        _options = Options with { JournalMaximumBytes = 1L << 40 };
        await Reopen();
        Assert.Equal(chain.Position, (await Journal.HeadAsync("ranch-1", Cancel))!.Position);
        Assert.True(await chain.Append(Journal, 1, 50_000), "the same append goes through once there is room");
        Assert.True((await JournalVerifier.VerifyAsync(Journal, "ranch-1", Cancel)).IsWhole);
        Assert.True((await JournalVerifier.VerifyAsync(Journal, "ranch-2", Cancel)).IsWhole);
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_later_calls_find_the_journal_unavailable()
    {
        var chains = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Chain.Take(Journal, $"ranch-{i}")));
        var appends = chains.Select(chain => chain.Append(Journal)).ToArray();
        (Journal as IDisposable)!.Dispose();
        Assert.All(await Task.WhenAll(appends), Assert.True);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => chains[0].Append(Journal));
    }

    [Fact]
    public async Task A_commit_is_in_the_log_on_disk_before_it_is_answered()
    {
        var chain = await Chain.Take(Journal, "ranch-1");
        Assert.True(await chain.Append(Journal, 1, 5_000));
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT journal_mode FROM pragma_journal_mode) || ' ' || (SELECT page_size FROM pragma_page_size)";
        Assert.Equal("wal 16384", command.ExecuteScalar());
        Assert.True(new FileInfo(Path.Combine(_folder.Path, "journal.db-wal")).Length > 16_384);
    }

    [Fact]
    public async Task The_log_is_emptied_and_cut_back_while_the_site_goes_on_writing()
    {
        _options = Options with { JournalLogBytes = 1024 * 1024, JournalCheckpointEvery = TimeSpan.FromMilliseconds(20) };
        await Reopen();
        var chain = await Chain.Take(Journal, "ranch-1");
        for (var i = 0; i < 200; i++)
        {
            Assert.True(await chain.Append(Journal, 1, 50_000));
        }

        var log = new FileInfo(Path.Combine(_folder.Path, "journal.db-wal"));
        for (var i = 0; i < 1_000 && log.Length > 1024 * 1024; i++)
        {
            Assert.True(await chain.Append(Journal));
            await Task.Delay(5, Cancel);
            log.Refresh();
        }

        Assert.InRange(log.Length, 1, 1024 * 1024);
        Assert.True((await JournalVerifier.VerifyAsync(Journal, "ranch-1", Cancel)).IsWhole);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_not_opened()
    {
        Execute("PRAGMA user_version = 99");
        (Journal as IDisposable)!.Dispose();
        Assert.Throws<InvalidDataException>(() => new SqliteJournal(Options));
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "journal.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
