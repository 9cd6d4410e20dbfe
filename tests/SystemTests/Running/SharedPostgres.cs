using Earmark.SystemTests.Running;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Earmark.SystemTests.Running;

/// <summary>
/// One PostgreSQL for all tests that only need a database of their own; the first that asks starts it. A test that stops or kills
/// its server starts a <see cref="PostgresServer"/> for itself. It waits for the disk: the journal refuses a server that doesn't.
/// </summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> server = new(() => PostgresServer.StartAsync());
    private readonly Lazy<Task<string>> schemas;
    private int count;

    public SharedPostgres() => schemas = new(NewDatabaseAsync);

    public Task<PostgresServer> ServerAsync() => server.Value;

    /// <summary>An empty database; answers its connection string.</summary>
    public async Task<string> NewDatabaseAsync() => await (await server.Value).NewDatabaseAsync();

    /// <summary>An empty schema in a database shared with others; answers its connection string. Much cheaper than a database.</summary>
    public async Task<string> NewSchemaAsync()
    {
        var database = await schemas.Value;
        var name = $"s{Interlocked.Increment(ref count)}";
        await PostgresServer.ExecuteAsync(database, $"CREATE SCHEMA {name}");
        return $"{database};Search Path={name}";
    }

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
        {
            await (await server.Value).DisposeAsync();
        }
    }
}
