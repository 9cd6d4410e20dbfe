using System.Threading.Channels;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Time;
using Earmark.FirmwareProtocols.Topics;
using Earmark.Gateway.Directory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Earmark.Gateway.Sessions;

/// <summary>
/// Tells device grains of their connections, beside the intake and never before it: the queue is bounded, the newest news of a device
/// stands for its older ones, and a grain that does not answer costs only the news.
/// </summary>
public sealed class ConnectionNews(
    IGrainFactory grains, DomainClock clock, GatewayOptions options, GatewayMeters meters, ILogger<ConnectionNews> log) : BackgroundService
{
    private const int TellAtOnce = 64;

    private readonly Channel<(KnownDevice Device, ConnectionChange Change)> _queue =
        Channel.CreateBounded<(KnownDevice, ConnectionChange)>(
            new BoundedChannelOptions(options.Limits.ConnectionNews) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => meters.NewsDropped());

    public void Tell(DeviceSession session, ConnectionState state, string because) =>
        _queue.Writer.TryWrite((session.Device, new ConnectionChange(state, clock.GetUtcNow(), session.RemoteAddress, because)));

    /// <summary>Takes the payload of a status topic; the reason when it is none.</summary>
    public string? TellStatus(DeviceSession session, byte[] payload)
    {
        if (!StatusMessage.TryRead(payload, out var online, out var refusal))
        {
            return refusal.Reason;
        }
        Tell(session, online ? ConnectionState.Online : ConnectionState.Silent, online ? "says online" : "says offline, or its last will does");
        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Dictionary<string, (KnownDevice Device, ConnectionChange Change)> newest = [];
        while (await _queue.Reader.WaitToReadAsync(stoppingToken))
        {
            newest.Clear();
            while (newest.Count < TellAtOnce && _queue.Reader.TryRead(out var news))
            {
                newest[news.Device.Id] = news;
            }
            await Task.WhenAll(newest.Values.Select(news => TellAsync(news.Device, news.Change)));
        }
    }

    private async Task TellAsync(KnownDevice device, ConnectionChange change)
    {
        try
        {
            if (grains.Device(device.Credentials.Kind, device.Id) is { } grain)
            {
                await grain.ConnectionChanged(change);
            }
        }
        catch (Exception failure)
        {
            log.LogDebug(failure, "A device grain did not take the news of its connection");
        }
    }
}
