using System.Text.Json;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites.Writing;
using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.Storage.Journal;
using Earmark.Storage.Postgres;

namespace Earmark.Host.Running;

/// <summary>Computes every site again and prints one JSON line a site.</summary>
internal static class Rebuilding
{
    private const int ChainBroken = 1;

    public static async Task<int> RunAsync(string dataFolder, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(dataFolder, "journal.db")))
        {
            await Console.Error.WriteLineAsync($"There is no journal in {dataFolder}.");
            return EarmarkProcess.CannotStart;
        }

        using var folder = FolderLock.TryTake(dataFolder, out _);
        if (folder is null)
        {
            await Console.Error.WriteLineAsync($"Earmark runs on {dataFolder}; stop it first.");
            return EarmarkProcess.CannotStart;
        }

        return await RunAsync(new StorageOptions { DataFolder = dataFolder }, cancel);
    }

    /// <summary>Of a cluster, which may run: a snapshot is kept only where none is newer, so nobody is disturbed.</summary>
    public static Task<int> RunAsync(PostgresConnection postgres, CancellationToken cancel) =>
        RunAsync(new StorageOptions { DataFolder = "", Postgres = postgres }, cancel);

    private static async Task<int> RunAsync(StorageOptions options, CancellationToken cancel)
    {
        await using var services = new ServiceCollection().AddLogging().AddEarmarkStorage(options).BuildServiceProvider();
        var journal = services.GetRequiredService<IJournal>();
        var broken = 0;
        foreach (var site in await services.GetRequiredService<IRegister>().SitesAsync(null, cancel))
        {
            broken |= await RebuildAsync(journal, site, cancel);
        }

        return broken;
    }

    private static async Task<int> RebuildAsync(IJournal journal, SiteRow site, CancellationToken cancel)
    {
        try
        {
            var rebuilt = await SiteRebuild.KeepAsync(journal, (SiteKind)site.Kind, site.SiteId, cancel);
            Console.WriteLine(rebuilt is null
                ? JsonSerializer.Serialize(new { ok = true, siteId = site.SiteId, position = 0 })
                : JsonSerializer.Serialize(
                    new { ok = true, rebuilt.SiteId, rebuilt.Position, rebuilt.ChainHead, rebuilt.StateHash, rebuilt.Assets, rebuilt.Quarantined },
                    JsonSerializerOptions.Web));
            return 0;
        }
        catch (InvalidDataException broken)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { ok = false, siteId = site.SiteId, reason = broken.Message }));
            return ChainBroken;
        }
    }
}
