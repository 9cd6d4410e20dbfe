using Earmark.Storage.History;
using Earmark.Storage.Influx;
using Earmark.SystemTests.Running;
using Earmark.Tests.Storage.History;
using Microsoft.Extensions.Logging.Abstractions;

namespace Earmark.SystemTests.Histories;

/// <summary>The conformance suite of the History, in a database of its own. No retention is asked for, so Earmark itself forgets.</summary>
public sealed class The_History_on_InfluxDB(SharedInflux shared) : HistoryConformance, IAsyncLifetime
{
    private InfluxHistory history = null!;

    protected override IHistory History => history;

    public async ValueTask InitializeAsync()
    {
        var server = await shared.ServerAsync();
        history = new InfluxHistory(server.Options(server.NewName()) with { Retention = null }, NullLogger<InfluxHistory>.Instance);
    }

    public override ValueTask DisposeAsync()
    {
        history.Dispose();
        return ValueTask.CompletedTask;
    }
}
