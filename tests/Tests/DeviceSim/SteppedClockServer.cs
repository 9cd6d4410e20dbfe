using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Earmark.Tests.DeviceSim;

/// <summary>Earmark's clock, and nothing else of it, over HTTP.</summary>
internal sealed class SteppedClockServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _turn = new();
    private DateTimeOffset _now = Demo.Start;

    private SteppedClockServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public string Mode { get; set; } = "stepped";

    public int Steps { get; private set; }

    public DateTimeOffset Now
    {
        get
        {
            lock (_turn)
            {
                return _now;
            }
        }
    }

    public static async Task<SteppedClockServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var clock = new SteppedClockServer(builder.Build());
        clock._app.MapGet("/api/v1/clock", () => new { now = clock.Now, factor = 0.0, mode = clock.Mode });
        clock._app.MapPost("/api/v1/clock/step", (Step step) => clock.Move(step.Seconds));
        await clock._app.StartAsync();
        return clock;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Move(int seconds)
    {
        lock (_turn)
        {
            Steps++;
            _now += TimeSpan.FromSeconds(seconds);
            return seconds is >= 1 and <= 300 ? Results.NoContent() : Results.BadRequest();
        }
    }

    private sealed record Step(int Seconds);
}
