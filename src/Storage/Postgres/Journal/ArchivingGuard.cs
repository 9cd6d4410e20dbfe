using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>One archiving at a time, whichever process does it. Given back also when the process dies.</summary>
internal sealed class ArchivingGuard : IAsyncDisposable
{
    // Names the lock.
    private const long Lock = 0x454D4A41;
    private readonly NpgsqlConnection _connection;

    private ArchivingGuard(NpgsqlConnection connection) => _connection = connection;

    public static async Task<ArchivingGuard> TakeAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        var guard = new ArchivingGuard(await source.OpenConnectionAsync(cancel));
        try
        {
            await guard.RunAsync("pg_advisory_lock", cancel);
            return guard;
        }
        catch
        {
            await guard._connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RunAsync("pg_advisory_unlock", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and with it the lock.
        }

        await _connection.DisposeAsync();
    }

    private async Task RunAsync(string function, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT {function}({Lock})", _connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
