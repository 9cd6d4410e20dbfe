using Earmark.SystemTests.Running;

[assembly: AssemblyFixture(typeof(SharedInflux))]

namespace Earmark.SystemTests.Running;

/// <summary>One InfluxDB for all tests that only need a database of their own; the first that asks starts it.</summary>
public sealed class SharedInflux : IAsyncDisposable
{
    private readonly Lazy<Task<InfluxServer>> server = new(InfluxServer.StartAsync);

    public Task<InfluxServer> ServerAsync() => server.Value;

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
        {
            await (await server.Value).DisposeAsync();
        }
    }
}
