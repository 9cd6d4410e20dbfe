using Microsoft.Extensions.Logging;
using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>
/// What a process does before it uses the database: waits until the server answers, then migrates, or (a process that may not)
/// waits until somebody else has.
/// </summary>
public static class PostgresStart
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <param name="migrates">False only waits: the schema is brought forward by a silo or by <c>earmark migrate</c>.</param>
    /// <exception cref="InvalidDataException">A newer Earmark wrote the schema.</exception>
    public static async Task ReadyAsync(PostgresConnection connection, bool migrates, TimeProvider time, ILogger log, CancellationToken cancel)
    {
        for (string? said = null; ; await Task.Delay(Look, time, cancel))
        {
            string waiting;
            try
            {
                var states = migrates
                    ? await ApplyAsync(connection, log, cancel)
                    : await PostgresMigrations.LookAsync(connection, cancel);
                if (migrates || states.All(state => state.Missing.Count == 0))
                {
                    return;
                }

                waiting = "its schema to be brought forward";
            }
            catch (NpgsqlException away) when (PostgresFailures.IsAway(away))
            {
                waiting = "the server";
            }

            if (said != waiting)
            {
                log.LogWarning("Waiting for {Waiting} at {Database}", waiting, connection);
                said = waiting;
            }
        }
    }

    private static async Task<IReadOnlyList<SchemaState>> ApplyAsync(PostgresConnection connection, ILogger log, CancellationToken cancel)
    {
        var before = await PostgresMigrations.ApplyAsync(connection, cancel);
        foreach (var state in before.Where(state => state.Missing.Count > 0))
        {
            log.LogInformation("Schema of the {Store}: {From} to {To}", state.Store, state.Version, state.Newest);
        }

        return before;
    }
}
