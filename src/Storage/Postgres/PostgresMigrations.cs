using System.Globalization;
using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>
/// Brings the database's schema forward, each store in one transaction, under a lock that lets only one process of the cluster do
/// it. A process that finds nothing to do takes no lock and needs no right but to read; so the processes may run as a user who can
/// change no table.
/// </summary>
public static class PostgresMigrations
{
    /// <summary>Any number, as long as every Earmark uses the same.</summary>
    private const long Lock = 0x6561726d61726b;

    private const string Versions = """
        CREATE TABLE IF NOT EXISTS earmark_schema (
            store TEXT NOT NULL,
            version BIGINT NOT NULL,
            name TEXT NOT NULL,
            applied_at TIMESTAMPTZ NOT NULL DEFAULT now(),
            PRIMARY KEY (store, version))
        """;

    /// <summary>Where each store stands. Changes nothing.</summary>
    public static async Task<IReadOnlyList<SchemaState>> LookAsync(PostgresConnection connection, CancellationToken cancel)
    {
        await using var source = Source(connection);
        await using var opened = await source.OpenConnectionAsync(cancel);
        return await StatesAsync(opened, cancel);
    }

    /// <summary>Runs what is missing; answers what stood before. A failure undoes all of it.</summary>
    /// <exception cref="InvalidDataException">A newer Earmark wrote the schema; nothing was changed.</exception>
    public static async Task<IReadOnlyList<SchemaState>> ApplyAsync(PostgresConnection connection, CancellationToken cancel)
    {
        await using var source = Source(connection);
        await using var opened = await source.OpenConnectionAsync(cancel);
        var before = await StatesAsync(opened, cancel);
        if (before.Any(state => state.Store != JournalMigrations.Store && state.Missing.Count > 0))
        {
            await using var transaction = await opened.BeginTransactionAsync(cancel);
            await ExecuteAsync(opened, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({Lock})"), cancel);
            // What runs with its owner's rights must find only what its owner made.
            await ExecuteAsync(opened, "SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)", cancel);
            await ExecuteAsync(opened, Versions, cancel);
            before = await StatesAsync(opened, cancel);
            foreach (var state in before.Where(state => state.Store != JournalMigrations.Store))
            {
                await AdvanceAsync(opened, state, cancel);
            }

            await transaction.CommitAsync(cancel);
        }

        if (before.Any(state => state.Store == JournalMigrations.Store && state.Missing.Count > 0))
        {
            // Not on the connection that has just looked and remembers that there was nothing.
            await using var journal = await source.OpenConnectionAsync(cancel);
            JournalMigrations.Apply(journal);
        }

        return before;
    }

    private static async Task AdvanceAsync(NpgsqlConnection connection, SchemaState state, CancellationToken cancel)
    {
        var steps = PostgresSchema.Stores.Single(store => store.Name == state.Store).Steps;
        for (var step = state.Version; step < steps.Count; step++)
        {
            await ExecuteAsync(connection, steps[step].Sql, cancel);
            await using var kept = new NpgsqlCommand("INSERT INTO earmark_schema (store, version, name) VALUES ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = state.Store }, new() { Value = step + 1L }, new() { Value = steps[step].Name } },
            };
            await kept.ExecuteNonQueryAsync(cancel);
        }
    }

    private static async Task<IReadOnlyList<SchemaState>> StatesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var versions = await VersionsAsync(connection, cancel);
        SchemaState[] states =
        [
            JournalMigrations.State(connection),
            .. PostgresSchema.Stores.Select(store => SchemaState.Of(store.Name, versions.GetValueOrDefault(store.Name), store.Steps)),
        ];
        foreach (var state in states)
        {
            SchemaState.Refuse(state.Store, state.Version, state.Newest);
        }

        return states;
    }

    private static async Task<Dictionary<string, int>> VersionsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var versions = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var there = new NpgsqlCommand("SELECT to_regclass('earmark_schema') IS NOT NULL", connection);
        if (await there.ExecuteScalarAsync(cancel) is not true)
        {
            return versions;
        }

        await using var command = new NpgsqlCommand("SELECT store, max(version) FROM earmark_schema GROUP BY store", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            versions.Add(row.GetString(0), (int)row.GetInt64(1));
        }

        return versions;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlDataSource Source(PostgresConnection connection) => NpgsqlDataSource.Create(connection.Text(text => text.Pooling = false));
}
