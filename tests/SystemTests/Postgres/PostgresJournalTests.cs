using Earmark.Storage;
using Earmark.Storage.Journal;
using Earmark.Storage.Postgres;
using Earmark.SystemTests.Running;
using Earmark.Tests.Storage.Journal;

namespace Earmark.SystemTests.Postgres;

public sealed class PostgresJournalTests(SharedPostgres postgres) : JournalConformance
{
    private string? _database;

    protected override async Task<IJournal> Open()
    {
        _database ??= await postgres.NewDatabaseAsync();
        return new PostgresJournal(new StorageOptions { DataFolder = "", Postgres = new PostgresConnection(_database) });
    }

    protected override Task FlipByte(string siteId, long position) =>
        PostgresServer.ExecuteAsync(_database!, $"UPDATE journal.entry SET body = set_byte(body, length(body) - 1, 1) WHERE position = {position}");
}
