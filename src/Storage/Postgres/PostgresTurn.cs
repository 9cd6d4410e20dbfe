using Microsoft.Extensions.Logging;
using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>
/// Work that one process of a cluster does at a time. The turn is a lock that lives with a connection: when its process is killed
/// or cut off the server gives it to another, and the one that lost it stops as soon as it notices (within
/// <see cref="Look"/> and a time limit). What is done must bear being done twice for that long.
/// </summary>
public sealed class PostgresTurn(PostgresConnection connection, string name, TimeProvider time, ILogger<PostgresTurn> log)
{
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>Waits for the turn and works until told to stop, each time the turn comes.</summary>
    public async Task WorkAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var source = NpgsqlDataSource.Create(connection.Text(text => (text.Pooling, text.CommandTimeout) = (false, 10)));
                await using var held = await source.OpenConnectionAsync(stop);
                if (await AskAsync(held, "SELECT pg_try_advisory_lock(hashtextextended($1, 1))", stop))
                {
                    await WhileHeldAsync(held, work, stop);
                }
            }
            catch (NpgsqlException away) when (!stop.IsCancellationRequested)
            {
                log.LogWarning("The turn of {Name} can't be asked for: {Reason}", name, away.Message);
            }

            await Task.Delay(Look, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WhileHeldAsync(NpgsqlConnection held, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var working = work(lost.Token);
        try
        {
            while (!working.IsCompleted && await AskAsync(held, "SELECT $1 IS NOT NULL", lost.Token))
            {
                await Task.WhenAny(working, Task.Delay(Look, time, lost.Token));
            }
        }
        finally
        {
            await lost.CancelAsync();
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> AskAsync(NpgsqlConnection held, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, held) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
