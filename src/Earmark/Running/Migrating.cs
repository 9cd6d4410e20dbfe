using Earmark.Storage;
using Earmark.Storage.Postgres;
using Earmark.Storage.Sqlite;
using Npgsql;

namespace Earmark.Host.Running;

/// <summary>One line a store: where it stands and what is, or would be, done.</summary>
internal static class Migrating
{
    private const int Failed = 1;

    public static async Task<int> RunAsync(PostgresConnection? postgres, string dataFolder, bool dryRun, string? grant, CancellationToken cancel)
    {
        if (grant is not null && postgres is null)
        {
            return Refuse("--grant is for PostgreSQL; a data folder has the rights of its files.");
        }

        try
        {
            return postgres is null
                ? Folder(new StorageOptions { DataFolder = dataFolder }, dryRun)
                : await DatabaseAsync(postgres, dryRun, grant, cancel);
        }
        catch (InvalidDataException newer)
        {
            return Refuse(newer.Message);
        }
        catch (NpgsqlException failed)
        {
            await Console.Error.WriteLineAsync($"PostgreSQL refused: {failed.Message} Nothing was changed.");
            return Failed;
        }
    }

    private static int Folder(StorageOptions options, bool dryRun)
    {
        if (dryRun)
        {
            Say(SqliteSchemas.Look(options), done: false);
            return 0;
        }

        using var folder = FolderLock.TryTake(options.DataFolder, out var reason);
        if (folder is null)
        {
            return Refuse(reason);
        }

        Say(SqliteSchemas.Apply(options), done: true);
        return 0;
    }

    private static async Task<int> DatabaseAsync(PostgresConnection postgres, bool dryRun, string? grant, CancellationToken cancel)
    {
        Say(dryRun ? await PostgresMigrations.LookAsync(postgres, cancel) : await PostgresMigrations.ApplyAsync(postgres, cancel), !dryRun);
        if (grant is not null)
        {
            if (!dryRun)
            {
                await PostgresRights.GrantAsync(postgres, grant, cancel);
            }

            Console.WriteLine(dryRun ? $"would grant {grant} what running needs" : $"{grant} has what running needs");
        }

        return 0;
    }

    private static void Say(IReadOnlyList<SchemaState> states, bool done)
    {
        foreach (var state in states)
        {
            Console.WriteLine(state.Missing.Count == 0
                ? $"{state.Store}: version {state.Version}, nothing to do"
                : $"{state.Store}: version {state.Version} → {state.Newest}, {(done ? "ran" : "would run")}: {string.Join("; ", state.Missing)}");
        }
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return EarmarkProcess.CannotStart;
    }
}
