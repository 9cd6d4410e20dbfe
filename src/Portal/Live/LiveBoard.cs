using System.Collections.Concurrent;
using Earmark.Contracts.Time;
using Earmark.Portal.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.Portal.Live;

/// <summary>
/// Pulls each topic that somebody waits for in this second and sends every page the rows that changed since it last
/// heard. Nothing is pushed into it, so a million readings cost a page no more than ten.
/// </summary>
internal sealed class LiveBoard(
    IEnumerable<ILiveSource> sources, IHubContext<LiveHub> hub, DomainClock clock, TimeProvider time, ILogger<LiveBoard> log)
    : BackgroundService
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ILiveSource> sources = sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LiveTopic> topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LiveConnection> connections = new(StringComparer.Ordinal);
    private long tick;

    public void Open(string connectionId, Viewer viewer) => connections[connectionId] = new LiveConnection(connectionId, viewer);

    public void Close(string connectionId) => connections.TryRemove(connectionId, out _);

    /// <summary>Null when the topic does not exist, is not the viewer's, or a limit is reached.</summary>
    public async Task<LiveStart?> ListenAsync(string connectionId, string asked, int everySeconds, CancellationToken cancel)
    {
        var colon = asked.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? asked : asked[..colon];
        if (!connections.TryGetValue(connectionId, out var connection) || !sources.TryGetValue(name, out var source)
            || (connection.Listening.Count >= PortalLimits.LiveTopicsPerConnection && !connection.Listening.ContainsKey(asked))
            || await source.ResolveAsync(connection.Viewer, colon < 0 ? "" : asked[(colon + 1)..], cancel) is not { } key)
        {
            return null;
        }

        var id = name + ":" + key;
        if (!topics.TryGetValue(id, out var topic))
        {
            if (topics.Count >= PortalLimits.LiveTopics)
            {
                return null;
            }

            topic = topics.GetOrAdd(id, _ => new LiveTopic(id, source, key));
        }

        topic.Take(await source.ReadAsync(key, cancel));
        var start = topic.Start(clock, out var seen);
        connection.Listening[asked] = new LiveListening(topic, Math.Clamp(everySeconds, 1, PortalLimits.LiveIntervalSecondsMaximum), seen);
        return start with { Topic = asked };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TickEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TickAsync(stoppingToken);
        }
    }

    internal async Task TickAsync(CancellationToken cancel)
    {
        tick++;
        var open = connections.Values.ToArray();
        var heard = open.SelectMany(connection => connection.Listening.Values).Select(listening => listening.Topic).ToHashSet();
        foreach (var (id, topic) in topics)
        {
            if (!heard.Contains(topic))
            {
                topics.TryRemove(id, out _);
            }
        }

        var due = open.SelectMany(connection => connection.Listening.Values).Where(listening => tick % listening.EverySeconds == 0)
            .Select(listening => listening.Topic).ToHashSet();
        await Parallel.ForEachAsync(due, cancel, async (topic, stop) => await RefreshAsync(topic, stop));
        foreach (var connection in open)
        {
            connection.TrySend(() => SendAsync(connection, cancel));
        }
    }

    private async Task RefreshAsync(LiveTopic topic, CancellationToken cancel)
    {
        try
        {
            topic.Take(await topic.Source.ReadAsync(topic.Key, cancel));
        }
        catch (Exception unread) when (unread is not OperationCanceledException)
        {
            // The page keeps what it has and shows its age; the next tick tries again.
            log.LogWarning(unread, "Could not read live topic {Topic}", topic.Id);
        }
    }

    private async Task SendAsync(LiveConnection connection, CancellationToken cancel)
    {
        try
        {
            foreach (var (asked, listening) in connection.Listening.Where(pair => tick % pair.Value.EverySeconds == 0))
            {
                await SendOneAsync(hub.Clients.Client(connection.Id), asked, listening, cancel);
            }
        }
        catch (Exception unsent) when (unsent is not OperationCanceledException)
        {
            log.LogDebug(unsent, "Could not send to {Connection}", connection.Id);
        }
    }

    private async Task SendOneAsync(ISingleClientProxy client, string asked, LiveListening listening, CancellationToken cancel)
    {
        if (listening.Topic.ShapeVersion > listening.Seen)
        {
            var start = listening.Topic.Start(clock, out var all);
            await client.SendAsync("start", start with { Topic = asked }, cancel);
            listening.Seen = all;
            return;
        }

        var rows = listening.Topic.Since(listening.Seen, out var version);
        if (rows.Length > 0)
        {
            await client.SendAsync("rows", asked, rows, clock.GetUtcNow().ToUnixTimeMilliseconds(), cancel);
        }

        listening.Seen = version;
    }
}
