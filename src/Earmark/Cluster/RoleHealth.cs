using Earmark.Contracts.Devices;

namespace Earmark.Host.Cluster;

/// <summary>For whoever supervises a silo or a gateway. Live: it answers. Ready: a grain of the cluster answers it. The portal has its own.</summary>
internal static class RoleHealth
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A name nobody has: asking for it goes to a silo and to the register and back.</summary>
    private const string Nobody = "health";

    public static void MapRoleHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" }));
        app.MapGet("/health/ready", async (IGrainFactory grains, ILoggerFactory logs, CancellationToken cancel) =>
        {
            try
            {
                await grains.GetGrain<IDeviceDirectoryGrain>(0).Find(Nobody).AsTask().WaitAsync(Patience, TimeProvider.System, cancel);
                return Results.Ok(new { status = "ready" });
            }
            catch (Exception unready) when (!cancel.IsCancellationRequested)
            {
                logs.CreateLogger("Earmark.Health").LogWarning("Not ready: {Reason}", unready.Message);
                return Results.Json(new { status = "not-ready" }, statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }
}
