using System.Diagnostics;
using Earmark.Bench.Report;
using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.Storage.Sqlite;

namespace Earmark.Bench.Measured;

/// <summary>Transfers of two postings into the ledger of one institution on SQLite, every one of them onto the same income account.</summary>
internal static class LedgerTransfers
{
    private const string Bank = "bank";
    private const int Transfers = 50_000;
    private const int Batch = 1_000;
    private const int AtOnce = 64;
    private const int Singles = 10_000;

    // 5,000 a second.
    private const double Goal = 200;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Sizes sizes)
    {
        var folder = Directory.CreateTempSubdirectory("earmark-bench-");
        try
        {
            using var book = new SqliteBook(new StorageOptions { DataFolder = folder.FullName });
            await new Register(book).AddInstitutionAsync(new InstitutionRow(Bank, Bank, "Asia/Shanghai"), CancellationToken.None);
            var ledger = new Ledger(book);
            var batched = await PerTransfer(Transfers, async () =>
            {
                foreach (var chunk in Enumerable.Range(0, Transfers).Chunk(Batch))
                {
                    await ledger.PostAllAsync([.. chunk.Select(Transfer)], CancellationToken.None);
                }
            });
            var single = await PerTransfer(Singles, () => Parallel.ForEachAsync(
                Enumerable.Range(Transfers, Singles), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancel) => await ledger.PostAsync(Transfer(number), cancel)));
            var seals = new LedgerSeals(book);
            var sealing = await PerTransfer(Transfers + Singles, async () =>
            {
                while (await seals.SealAsync(Bank, DateTimeOffset.UnixEpoch, CancellationToken.None) > 0)
                {
                }
            });
            return
            [
                new("ledger transfers, µs each (200 is 5,000/s)", $"SQLite, synchronous=FULL, batches of {Batch:N0}", batched, Goal),
                new("· single, sharing commits", $"{AtOnce} at once", single),
                new("· sealing them afterwards", Row.SameRun, sealing),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> PerTransfer(int count, Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / count;
    }

    private static TransferRow Transfer(int number) => new(
        $"accrual/loan-{number}/2026-03-01", Bank, "interest-accrual", new DateOnly(2026, 3, 1), DateTimeOffset.UnixEpoch.AddSeconds(number), "bench",
        [new PostingRow($"interest-receivable/loan-{number % 1_000}", 100), new PostingRow($"interest-income/{Bank}", -100)]);
}
