using Earmark.Storage;
using Earmark.Storage.History;
using Earmark.Storage.Sqlite;

namespace Earmark.Tests.Storage.History;

public sealed class SqliteHistoryTests : HistoryConformance
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteHistory _history;

    public SqliteHistoryTests() => _history = new SqliteHistory(new StorageOptions { DataFolder = _folder.Path });

    protected override IHistory History => _history;

    public override ValueTask DisposeAsync()
    {
        _history.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
