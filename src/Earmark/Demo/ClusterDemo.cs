using Earmark.Contracts.Time;
using Earmark.Host.Cluster;
using Earmark.Host.Running;
using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.Storage.Postgres;

namespace Earmark.Host.Demo;

/// <summary>The demo in a cluster that runs: a client of it for as long as the seeding takes.</summary>
internal static class ClusterDemo
{
    /// <summary>Every process looks for the clock once in five seconds.</summary>
    private static readonly TimeSpan ClockSeen = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(PostgresConnection postgres, RunOptions options, CancellationToken cancel)
    {
        Directory.CreateDirectory(options.DataFolder);
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        EarmarkParts.Log(builder.Logging, asJson: false);
        builder.Services.AddSingleton<BookClock>();
        builder.Services.AddSingleton<DomainClock>(services => services.GetRequiredService<BookClock>());
        builder.Services.AddPostgresBook(new PostgresOptions { Connection = postgres });
        builder.Services.AddSingleton<IIdentity, Identity>();
        builder.Services.AddSingleton<IRegister, Register>();
        builder.UseOrleansClient(client => client.Join(postgres));
        using var host = builder.Build();
        await host.StartAsync(cancel);
        try
        {
            await SetClockAsync(host.Services, options, cancel);
            var clock = host.Services.GetRequiredService<BookClock>();
            await clock.StartAsync(cancel);
            var demo = await DemoHouse.PrepareAsync(host.Services, options, clock, Console.WriteLine, cancel);
            await clock.StopAsync(cancel);
            Banner.People(demo, options.DataFolder);
            return 0;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static async Task SetClockAsync(IServiceProvider services, RunOptions options, CancellationToken cancel)
    {
        if (options.Speed is not { } speed)
        {
            return;
        }

        var now = TimeProvider.System.GetUtcNow();
        var set = await services.GetRequiredService<IClockBook>().SetClockAsync(new ClockRow("scaled", speed, now, now), cancel);
        Console.WriteLine(set ? $"The cluster's domain clock now runs {speed:0.##} times as fast." : "The cluster's domain clock was set before; it stays as it is.");
        await Task.Delay(set ? ClockSeen : TimeSpan.Zero, TimeProvider.System, cancel);
    }
}
