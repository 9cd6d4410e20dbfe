using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public sealed class LedgerUpgradeTests
{
    private const int StepsBeforeParts = 9;

    [Fact]
    public async Task A_book_from_before_keeps_its_balances_and_its_transfers_are_sealed()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "book.db")};Pooling=False"))
        {
            await connection.OpenAsync(cancel);
            var old = string.Join(";\n", BookMigrations.For(BookDialect.Sqlite).Take(StepsBeforeParts).Select(step => step.Sql)) + ';';
            await using var command = connection.CreateCommand();
            command.CommandText = $"""
                CREATE TABLE schema_version (version BIGINT PRIMARY KEY);
                INSERT INTO schema_version VALUES ({StepsBeforeParts});
                {old}
                INSERT INTO institution (institution_id, display_name, time_zone) VALUES ('demo-bank', 'Demo', 'Asia/Shanghai');
                BEGIN;
                INSERT INTO posting (transfer_id, line, institution_id, account, owner, amount_fen) VALUES ('t-1', 0, 'demo-bank', 'loan-principal/l-1', 'l-1', 500);
                INSERT INTO posting (transfer_id, line, institution_id, account, owner, amount_fen) VALUES ('t-1', 1, 'demo-bank', 'settlement', 'settlement', -500);
                INSERT INTO transfer (transfer_id, institution_id, kind, effective_on, recorded_at, posted_by, body_hash)
                VALUES ('t-1', 'demo-bank', 'draw', '2026-03-01', 0, 'x', x'00');
                COMMIT;
                """;
            await command.ExecuteNonQueryAsync(cancel);
        }

        using var book = new SqliteBook(new StorageOptions { DataFolder = folder.Path });
        var (ledger, seals) = (new Ledger(book), new LedgerSeals(book));
        Assert.Equal(500, await ledger.BalanceFenAsync("demo-bank", "loan-principal/l-1", cancel));
        Assert.Equal(1, await seals.SealAsync("demo-bank", DateTimeOffset.UnixEpoch, cancel));
        await ledger.PostAsync(
            new TransferRow("t-2", "demo-bank", "repayment", new DateOnly(2026, 3, 2), DateTimeOffset.UnixEpoch, "x", [new PostingRow("settlement", 200), new PostingRow("loan-principal/l-1", -200)]),
            cancel);
        Assert.Equal([("loan-principal/l-1", 300), ("settlement", -300)], (await ledger.TrialBalanceAsync("demo-bank", cancel)).Select(account => (account.Account, account.BalanceFen)));
        Assert.Equal(1, await seals.SealAsync("demo-bank", DateTimeOffset.UnixEpoch, cancel));
        Assert.Null((await seals.VerifyAsync("demo-bank", cancel)).BrokenAt);
    }
}
