using System.Collections.Concurrent;
using Earmark.Contracts.Sites;
using Earmark.Gateway.Directory;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Earmark.Gateway.Intake;

/// <summary>The inbox of each site that a registered device belongs to; so there are at most as many as the register has sites.</summary>
public sealed class SiteInboxes : IDisposable
{
    private readonly ConcurrentDictionary<(SiteKind Kind, string Site), SiteInbox> _inboxes = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IGrainFactory _grains;
    private readonly InboxTerms _terms;
    private readonly ITimer _looks;

    public SiteInboxes(IGrainFactory grains, Receipts receipts, GatewayOptions options, GatewayMeters meters, ILogger<SiteInboxes> log)
    {
        _grains = grains;
        _terms = new InboxTerms(options, receipts, new HeldFrames(), meters, log);
        meters.Held(() => Held);
        _looks = options.Time.CreateTimer(_ => Look(), null, options.Limits.HoldLook, options.Limits.HoldLook);
    }

    /// <summary>Frames of all sites waiting for their receipts.</summary>
    public long Held => _terms.Held.Count;

    /// <summary>Whether frames of that device's site go unrecorded now, so that its connections would be in vain.</summary>
    public bool IsAway(KnownDevice device) =>
        _inboxes.TryGetValue((device.Credentials.SiteKind, device.Credentials.SiteId), out var inbox) && inbox.IsAway;

    public void Dispose()
    {
        _looks.Dispose();
        _stopping.Cancel();
        _stopping.Dispose();
    }

    internal SiteInbox For(KnownDevice device) =>
        _inboxes.GetOrAdd((device.Credentials.SiteKind, device.Credentials.SiteId), Open);

    private SiteInbox Open((SiteKind Kind, string Site) site) => new(_grains.Site(site.Kind, site.Site), site.Site, _terms, _stopping.Token);

    private void Look()
    {
        var now = _terms.Options.Time.GetTimestamp();
        foreach (var (_, inbox) in _inboxes)
        {
            inbox.Look(now);
        }
    }
}
