using Earmark.Bench.Report;
using Earmark.Bench.Running;
using Earmark.Storage;
using Earmark.Storage.Journal;
using Earmark.Storage.Postgres;
using Earmark.Storage.Sqlite;
using Earmark.SystemTests.Running;

namespace Earmark.Bench.Measured;

/// <summary>Appends of frames alone, chain hash not included: CPU µs per observation of this process and, with PostgreSQL, of all the server's.</summary>
internal static class JournalAlone
{
    private const int Animals = Sizes.TagsPerFrame;
    private const string Station = "bs-1";

    /// <summary>As an operator would set it who writes this much: by default it would make a checkpoint every few seconds.</summary>
    private const string CheckpointsFarApart = "max_wal_size=8GB";

    public static async Task<IReadOnlyList<Row>> MeasureAsync(int sites, byte[][] frames)
    {
        var together = $"{sites:N0} sites append a frame each at once";
        var folder = Directory.CreateTempSubdirectory("earmark-bench-");
        try
        {
            await using var server = await PostgresServer.StartAsync(CheckpointsFarApart);
            var database = await server.NewDatabaseAsync();
            using var sqlite = new SqliteJournal(new StorageOptions { DataFolder = folder.FullName });
            using var postgres = new PostgresJournal(new StorageOptions { DataFolder = folder.FullName, Postgres = new PostgresConnection(database) });
            var (inFile, _) = await AppendAsync(sqlite, sites, frames, () => TimeSpan.Zero);
            await AppendAsync(postgres, sites, frames[..(frames.Length / 10)], () => TimeSpan.Zero);
            var (client, all) = await AppendAsync(postgres, sites, frames, () => ProcessCpu.OfFamily(server.ProcessId));
            return
            [
                new("· journal alone (SQLite, synchronous=FULL, chain hash not included)", together, inFile),
                new("· journal alone (PostgreSQL, binary COPY, the server's CPU included, chain hash not included)", together, all),
                new("· · of that in this process", together, client),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Client, double All)> AppendAsync(IJournal journal, int sites, byte[][] frames, Func<TimeSpan> server)
    {
        var hash = new byte[JournalLimits.HashBytes];
        var heads = await Task.WhenAll(Enumerable.Range(1, sites).Select(site => journal.TakeEpochAsync($"site-{site}", CancellationToken.None)));
        var rounds = Math.Max(1, frames.Length / sites);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var (own, other) = (ProcessCpu.Of(Environment.ProcessId), server());
        await Task.WhenAll(heads.Select(head => Task.Run(async () =>
        {
            for (var round = 0; round < rounds; round++)
            {
                NewEntry entry = new(EntryKind.Frame, now, Station, 1, 1, 1, frames[round % frames.Length], hash);
                if (!await journal.AppendAsync(new JournalAppend(head.SiteId, head.Epoch, head.Position + round, [entry], hash), CancellationToken.None))
                {
                    throw new InvalidOperationException($"{head.SiteId} was fenced.");
                }
            }
        })));
        double observations = (double)rounds * sites * Animals;
        var spent = (ProcessCpu.Of(Environment.ProcessId) - own).TotalMicroseconds;
        return (spent / observations, (spent + (server() - other).TotalMicroseconds) / observations);
    }
}
