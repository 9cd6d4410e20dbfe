using Earmark.SystemTests.Running;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Earmark.SystemTests.Running;

/// <summary>
/// One PostgreSQL for all tests that only need a database of their own; the first that asks starts it. A test that stops or kills
/// its server starts a <see cref="PostgresServer"/> for itself. Nobody asks this one to survive a power cut, so it doesn't wait for the disk.
/// </summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> server = new(() => PostgresServer.StartAsync("fsync=off"));

    public Task<PostgresServer> ServerAsync() => server.Value;

    /// <summary>An empty database; answers its connection string.</summary>
    public async Task<string> NewDatabaseAsync() => await (await server.Value).NewDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
        {
            await (await server.Value).DisposeAsync();
        }
    }
}
