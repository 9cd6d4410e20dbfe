using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Keeping;

/// <summary>
/// Keeps every site and facility of the Book ticking, at least once a minute of domain time, and with that active: no grain
/// keeps itself alive. One that hangs or fails is tried again at the next beat and holds up no other.
/// </summary>
public sealed class KeeperGrain(IRegister register, ILendingBook lending, TimeProvider realTime, ILogger<KeeperGrain> log) : Grain, IKeeperGrain
{
    public const int AtOnce = 16;

    /// <summary>Domain time between two ticks of one site.</summary>
    public static readonly TimeSpan Due = TimeSpan.FromSeconds(60);

    /// <summary>Real time a beat waits for its ticks; what takes longer goes on behind it and is not ticked again meanwhile.</summary>
    public static readonly TimeSpan BeatLimit = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, DateTimeOffset> lastTicks = new(StringComparer.Ordinal);
    private readonly HashSet<string> ticking = new(StringComparer.Ordinal);

    public async ValueTask Beat(DateTimeOffset now)
    {
        // Sites first: a facility ticks on what they report.
        await WithLimit(TickDue(await Sites(), now));
        await WithLimit(TickDue(await Facilities(), now));
    }

    public async ValueTask<SettleReceipt> Settle(DateTimeOffset now)
    {
        var sites = await Sites();
        var facilities = await Facilities();
        var failures = await TickAll(sites, now);
        failures.AddRange(await Rounds.Run(sites, AtOnce, site => site.Flush(), site => $"{site.Name} flush", log));
        failures.AddRange(await TickAll(facilities, now));
        return new SettleReceipt(sites.Count, facilities.Count, [.. failures]);
    }

    private Task<List<string>> TickDue(List<Kept> all, DateTimeOffset now) =>
        TickAll([.. all.Where(kept => !ticking.Contains(kept.Name) && now - lastTicks.GetValueOrDefault(kept.Name) >= Due)], now);

    private Task<List<string>> TickAll(List<Kept> all, DateTimeOffset now) =>
        Rounds.Run(all, AtOnce, kept => Tick(kept, now), kept => kept.Name, log);

    private async Task Tick(Kept kept, DateTimeOffset now)
    {
        ticking.Add(kept.Name);
        try
        {
            await kept.Tick(now);
            lastTicks[kept.Name] = now;
        }
        finally
        {
            ticking.Remove(kept.Name);
        }
    }

    private async Task WithLimit(Task<List<string>> ticks) =>
        await Task.WhenAny(ticks, Task.Delay(BeatLimit, realTime));

    private async Task<List<Kept>> Sites() =>
        [.. (await register.SitesAsync(null, CancellationToken.None)).Select(row => Kept.Of(row.SiteId, () => GrainFactory.Site((SiteKind)row.Kind, row.SiteId)))];

    private async Task<List<Kept>> Facilities() =>
        [.. (await lending.FacilitiesAsync(null, CancellationToken.None)).Select(row => Kept.Of(row.FacilityId, GrainFactory.GetGrain<IFacilityGrain>(row.FacilityId)))];

    /// <summary>The grain is looked up at each call: a row that names none fails alone.</summary>
    private sealed record Kept(string Name, Func<DateTimeOffset, Task> Tick, Func<Task> Flush)
    {
        public static Kept Of(string siteId, Func<ISiteGrain> site) =>
            new($"site {siteId}", now => site().Tick(now).AsTask(), () => site().Flush().AsTask());

        public static Kept Of(string facilityId, IFacilityGrain facility) =>
            new($"facility {facilityId}", now => facility.Tick(now).AsTask(), () => Task.CompletedTask);
    }
}
