using System.Text.Json;
using Earmark.Host.Cluster;
using Earmark.Silo.Archiving;
using Earmark.Silo.Histories;
using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Storage.Influx;
using Earmark.Storage.Journal;
using Earmark.Storage.Postgres;
using Npgsql;

namespace Earmark.Host.Running;

/// <summary>What <c>earmark journal</c> does; one JSON line for each thing, and 1 when something was refused.</summary>
internal static class Archiving
{
    private const int Refused = 1;

    public static Task<int> PeriodsAsync(PostgresConnection postgres, CancellationToken cancel) => WithJournalAsync(postgres, async journal =>
    {
        foreach (var period in await journal.PeriodsAsync(cancel))
        {
            Say(period);
        }

        return 0;
    });

    public static Task<int> CloseAsync(PostgresConnection postgres, CancellationToken cancel) => WithJournalAsync(postgres, async journal =>
    {
        var closed = await journal.OpenNextPeriodAsync(TimeSpan.Zero, cancel);
        Say(new { ok = closed, open = (await journal.PeriodsAsync(cancel))[^1].Number });
        return closed ? 0 : Refused;
    });

    public static Task<int> AttachAsync(PostgresConnection postgres, string file, CancellationToken cancel) => WithJournalAsync(postgres, async journal =>
    {
        var because = await journal.AttachAsync(file, cancel);
        Say(new { ok = because is null, file, because });
        return because is null ? 0 : Refused;
    });

    public static int Verify(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            using var archive = new ArchiveReader(file);
            var entries = archive.Entries().LongCount();
            foreach (var chain in archive.Sites)
            {
                Say(new { chain.SiteId, after = chain.From.Position, afterHash = Hex(chain.From.Hash), last = chain.To.Position, lastHash = Hex(chain.To.Hash) });
            }

            Say(new { ok = true, archive.Period.Period, archive.Period.AfterSequence, archive.Period.LastSequence, entries, sha256 = Hex(archive.Digest!) });
            return 0;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Say(new { ok = false, because = wrong.Message });
            return Refused;
        }
    }

    /// <param name="influx">Null where the cluster has no History.</param>
    public static Task<int> ArchiveAsync(PostgresConnection postgres, InfluxOptions? influx, string folder, TimeSpan keep, CancellationToken cancel) => WithJournalAsync(postgres, async journal =>
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        EarmarkParts.Log(builder.Logging, asJson: false);
        builder.Services.AddPostgresBook(new PostgresOptions { Connection = postgres });
        builder.Services.AddSingleton<IRegister, Register>();
        builder.Services.AddSingleton<IJournalPeriods>(journal);
        builder.Services.AddSingleton<JournalArchivist>();
        builder.UseOrleansClient(client => client.Join(postgres));
        using var host = builder.Build();
        await host.StartAsync(cancel);
        try
        {
            var answers = await host.Services.GetRequiredService<JournalArchivist>().ArchiveAsync(folder, keep, await TailedToAsync(host.Services, influx, cancel), cancel);
            foreach (var (period, answer) in answers)
            {
                Say(new { ok = answer.Because is null, period, answer.File, answer.Entries, answer.Because });
            }

            return answers.All(answer => answer.Answer.Because is null) ? 0 : Refused;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    });

    private static async Task<long> TailedToAsync(IServiceProvider services, InfluxOptions? influx, CancellationToken cancel)
    {
        if (influx is null)
        {
            return long.MaxValue;
        }

        using var history = new InfluxHistory(influx, services.GetRequiredService<ILogger<InfluxHistory>>());
        return await history.WatermarkAsync(HistoryTailer.Name, cancel);
    }

    private static async Task<int> WithJournalAsync(PostgresConnection postgres, Func<PostgresJournal, Task<int>> work)
    {
        try
        {
            using var journal = new PostgresJournal(new StorageOptions { DataFolder = "", Postgres = postgres });
            return await work(journal);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException or NpgsqlException or HistoryAwayException or InvalidOperationException)
        {
            Say(new { ok = false, because = wrong.Message });
            return Refused;
        }
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    private static void Say<T>(T line) => Console.WriteLine(JsonSerializer.Serialize(line, JsonSerializerOptions.Web));
}
