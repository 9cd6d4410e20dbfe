using System.Diagnostics.Metrics;
using Earmark.Contracts.Time;
using Earmark.Silo.Histories;
using Earmark.Storage.Book;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Metering;

/// <summary>
/// Figures that are looked at rather than counted. What only the Book knows is read from it now and then, because whoever scrapes must
/// not wait for a database; every silo of a cluster reads the same.
/// </summary>
public sealed class SiloGauges : BackgroundService
{
    public static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(15);
    private readonly Meter _meter = new(SiloMeters.Name);
    private readonly IRegister _register;
    private readonly ILendingBook _lending;
    private readonly IAlarms _alarms;
    private readonly TimeProvider _realTime;
    private readonly ILogger<SiloGauges> _log;
    private long? _marginCalls;
    private long? _openAlarms;

    public SiloGauges(
        IRegister register, ILendingBook lending, IAlarms alarms, HistoryTailer tailer, DomainClock clock, TimeProvider realTime, ILogger<SiloGauges> log)
    {
        (_register, _lending, _alarms, _realTime, _log) = (register, lending, alarms, realTime, log);
        var startedAt = clock.GetUtcNow();
        Gauge("earmark.sites.active", "{site}", "Sites this process writes", () => SiloMeters.Sites.Count);
        Gauge("earmark.sites.catching_up", "{site}", "Of these, those that still read their journal", () => SiloMeters.Sites.CatchingUp);
        Gauge("earmark.site.lag", "s", "Domain time since the last entry of the site furthest behind; each is ticked once a minute",
            () => SiloMeters.Sites.Behind(clock.GetUtcNow()).TotalSeconds);
        Gauge("earmark.facility.value_age", "s", "Domain time since the oldest report a facility's value rests on",
            () => SiloMeters.Facilities.Behind(clock.GetUtcNow()).TotalSeconds);
        Gauge("earmark.history.lag", "s", "Domain time the History is behind the journal; 0 when it is caught up, or another silo fills it",
            () => tailer.ExecuteTask is { IsCompleted: false } ? Lag(tailer.Progress, startedAt, clock.GetUtcNow()).TotalSeconds : 0);
        Gauge("earmark.history.failures", "{try}", "Failed tries in a row to fill the History", () => tailer.Progress.Failures);
        _meter.CreateObservableGauge("earmark.margin_calls.open", () => Read(_marginCalls), "{margin call}", "Open margin calls of all institutions");
        _meter.CreateObservableGauge("earmark.alarms.open", () => Read(_openAlarms), "{alarm}", "Open alarms of all institutions");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    internal static TimeSpan Lag(TailerProgress progress, DateTimeOffset startedAt, DateTimeOffset now)
    {
        var lag = progress.CaughtUp ? TimeSpan.Zero : now - (progress.ReadThrough ?? startedAt);
        return lag < TimeSpan.Zero ? TimeSpan.Zero : lag;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadBookAsync(stoppingToken);
            }
            catch (Exception away) when (away is not OperationCanceledException and not OutOfMemoryException)
            {
                // No figure is better than an old one.
                (_marginCalls, _openAlarms) = (null, null);
                _log.LogDebug(away, "The Book did not answer how much is open");
            }

            await Task.Delay(ReadEvery, _realTime, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadBookAsync(CancellationToken cancel)
    {
        var (calls, alarms) = (0L, 0L);
        foreach (var institution in await _register.InstitutionsAsync(cancel))
        {
            alarms += await _alarms.CountOpenAsync(institution.InstitutionId, cancel);
            calls += await CountCallsAsync(institution.InstitutionId, cancel);
        }

        (_marginCalls, _openAlarms) = (calls, alarms);
    }

    private async Task<long> CountCallsAsync(string institutionId, CancellationToken cancel)
    {
        var count = 0;
        while (true)
        {
            var page = await _lending.MarginCallsAsync(institutionId, null, openOnly: true, count, BookLimits.PageRows, cancel);
            count += page.Count;
            if (page.Count < BookLimits.PageRows)
            {
                return count;
            }
        }
    }

    private void Gauge(string name, string unit, string description, Func<double> look) => _meter.CreateObservableGauge(name, look, unit, description);

    private static IEnumerable<Measurement<long>> Read(long? known) => known is { } count ? [new Measurement<long>(count)] : [];
}
