namespace Earmark.SystemTests.Running;

/// <summary>A server that the tests of one class share and may stop and kill.</summary>
public sealed class PrivatePostgres : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PostgresServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
