using System.Collections.Concurrent;
using Earmark.Contracts.Sites;
using Earmark.Gateway.Directory;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Earmark.Gateway.Intake;

/// <summary>The inbox of each site that a registered device belongs to; so there are at most as many as the register has sites.</summary>
public sealed class SiteInboxes(IGrainFactory grains, GatewayOptions options, GatewayMeters meters, ILogger<SiteInboxes> log) : IDisposable
{
    private readonly ConcurrentDictionary<(SiteKind Kind, string Site), SiteInbox> _inboxes = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Whether frames of that device's site go unrecorded now, so that its connections would be in vain.</summary>
    public bool IsAway(KnownDevice device) =>
        _inboxes.TryGetValue((device.Credentials.SiteKind, device.Credentials.SiteId), out var inbox) && inbox.IsAway;

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    internal SiteInbox For(KnownDevice device) =>
        _inboxes.GetOrAdd((device.Credentials.SiteKind, device.Credentials.SiteId), Open);

    private SiteInbox Open((SiteKind Kind, string Site) site) =>
        new(grains.Site(site.Kind, site.Site), site.Site, options, meters, log, _stopping.Token);
}
