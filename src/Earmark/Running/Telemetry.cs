using Earmark.Gateway;
using Earmark.Silo.Metering;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orleans.Dashboard;

namespace Earmark.Host.Running;

/// <summary>
/// What the parts count, for Prometheus at <see cref="Path"/>; and where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector, metrics and
/// traces sent there. Without one no trace is recorded at all.
/// </summary>
internal static class Telemetry
{
    public const string Path = "/metrics";

    /// <summary>Orleans' own, for development: it profiles every grain call, so it is off unless asked for.</summary>
    public const string Dashboard = "/orleans";

    private const string ServiceName = "earmark";
    private const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string SamplerVariable = "OTEL_TRACES_SAMPLER";

    /// <summary>Of the traces that begin here, where nobody says otherwise: a thousand batches a second must not become a thousand traces.</summary>
    private const double Sampled = 0.01;

    private static readonly string[] Meters =
    [
        SiloMeters.Name, GatewayMeters.MeterName, "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime",
    ];

    private static readonly string[] Sources = [SiloMeters.Name, "Microsoft.AspNetCore", "Microsoft.Orleans.Application"];

    public static void Add(IServiceCollection services)
    {
        var hasCollector = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(CollectorVariable));
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(ServiceName));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters).AddPrometheusExporter();
            if (hasCollector)
            {
                metrics.AddOtlpExporter();
            }
        });
        if (hasCollector)
        {
            telemetry.WithTracing(traces =>
            {
                traces.AddSource(Sources).AddOtlpExporter();
                if (Environment.GetEnvironmentVariable(SamplerVariable) is null)
                {
                    traces.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(Sampled)));
                }
            });
        }
    }

    /// <summary>Before everything else of the pipeline: whoever scrapes signs in by other means than people do.</summary>
    public static void Use(WebApplication app, bool withDashboard)
    {
        var gate = OperatorGate.FromEnvironment();
        if (withDashboard)
        {
            app.UseWhen(context => context.Request.Path.StartsWithSegments(Dashboard), branch => branch.Use(gate.PassAsync));
            app.MapOrleansDashboard(Dashboard);
        }

        app.MapWhen(
            context => context.Request.Path == Path,
            branch => branch.Use(gate.PassAsync).UseOpenTelemetryPrometheusScrapingEndpoint(Path));
    }
}
