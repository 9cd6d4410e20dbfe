using Earmark.Contracts.Time;
using Earmark.Host.Running;
using Earmark.Storage.Postgres;
using Npgsql;

namespace Earmark.Host.Cluster;

/// <summary>
/// One process of a cluster from start to stop: database, parts, and on SIGTERM an orderly end. A silo gives its grains away, a
/// gateway finishes the frames it holds, a portal its requests; what is not finished was not acknowledged.
/// </summary>
internal static class RoleProcess
{
    /// <param name="migrates">Silos bring the schema forward; the others wait for it.</param>
    public static async Task<int> RunAsync(
        string role, PostgresConnection postgres, bool migrates, bool jsonLog, Func<WebApplicationBuilder, WebApplication> compose, CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        EarmarkParts.Log(builder.Logging, jsonLog);
        Telemetry.Add(builder.Services);
        builder.Services.AddSingleton<BookClock>();
        builder.Services.AddSingleton<DomainClock>(services => services.GetRequiredService<BookClock>());
        try
        {
            using (var logging = LoggerFactory.Create(log => EarmarkParts.Log(log, jsonLog)))
            {
                await PostgresStart.ReadyAsync(postgres, migrates, TimeProvider.System, logging.CreateLogger("Earmark.Start"), cancel);
            }

            await using var app = compose(builder);
            await app.StartAsync(cancel);
            Console.WriteLine($"{role} ready on {postgres}");
            await app.WaitForShutdownAsync(cancel);
            Console.WriteLine($"{role} stopping …");
            await app.StopAsync(CancellationToken.None);
            Console.WriteLine($"{role} stopped");
            return 0;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or InvalidOperationException or IOException or PostgresException)
        {
            await Console.Error.WriteLineAsync($"{role} could not start: {wrong.Message}");
            return EarmarkProcess.CannotStart;
        }
    }
}
