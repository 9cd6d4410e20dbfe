using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.Decoding;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Storage.Journal;
using Orleans;

namespace Earmark.Portal.Reads;

/// <param name="Hex">The bytes as they came, lower case.</param>
/// <param name="DecodedJson">One line of JSON, as <c>earmark decode</c> prints it.</param>
public sealed record FrameSeen(long Position, DateTimeOffset At, byte Trust, string Hex, string DecodedJson);

/// <summary>One device opened.</summary>
/// <param name="Activity">What its site remembers of its frames; null before the first.</param>
/// <param name="Refusals">Newest first; null while History is away.</param>
public sealed record DeviceFound(
    DeviceRow Row,
    DeviceTwin? Twin,
    DeviceActivity? Activity,
    IReadOnlyList<FrameSeen> Frames,
    IReadOnlyList<RefusalRow>? Refusals,
    IReadOnlyList<BindingRow> Bindings);

/// <summary>Devices a viewer may see: register, twin, journaled frames, refusals.</summary>
public sealed class DeviceReads(IGrainFactory grains, SiteReads sites, IRegister register, IJournal journal, IHistory history)
{
    /// <summary>A page; without a site over all the viewer may see. Null when the site is not the viewer's.</summary>
    public async Task<DevicePage?> PageAsync(
        Viewer viewer, string? siteId, string? kind, string? search, int offset, int count, CancellationToken cancel)
    {
        if (siteId is not null)
        {
            return await sites.FindAsync(viewer, siteId, cancel) is null
                ? null
                : await register.DevicesAsync(viewer.InstitutionId, siteId, kind, search, offset, count, cancel);
        }

        if (viewer.IsBank)
        {
            return await register.DevicesAsync(viewer.InstitutionId, null, kind, search, offset, count, cancel);
        }

        var total = 0;
        var rows = new List<DeviceRow>();
        foreach (var site in viewer.SiteIds.Order(StringComparer.Ordinal))
        {
            var from = Math.Max(0, offset - total);
            var page = await register.DevicesAsync(viewer.InstitutionId, site, kind, search, from, Math.Max(1, count - rows.Count), cancel);
            total += page.Total;
            rows.AddRange(page.Rows.Take(count - rows.Count));
        }

        return new DevicePage(total, rows);
    }

    /// <summary>Null when there is none or it is not the viewer's to see.</summary>
    public async Task<DeviceRow?> FindAsync(Viewer viewer, string deviceId, CancellationToken cancel) =>
        Contracts.Names.IsValidDevice(deviceId) && await register.DeviceAsync(deviceId, cancel) is { } row
            && viewer.MaySeeSite(row.InstitutionId, row.SiteId)
            ? row
            : null;

    public async Task<DeviceFound?> OpenAsync(Viewer viewer, string deviceId, CancellationToken cancel)
    {
        if (await FindAsync(viewer, deviceId, cancel) is not { } row || await sites.FindAsync(viewer, row.SiteId, cancel) is not { } site)
        {
            return null;
        }

        var twin = grains.Device(row.Kind, deviceId) is { } grain
            ? await grain.Describe().AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel)
            : null;
        var activity = await sites.GrainOf(site).Activity(deviceId).AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel);
        return new DeviceFound(
            row,
            twin,
            activity,
            await FramesAsync(site.SiteId, activity, cancel),
            await history.UnlessAwayAsync(history => history.ReadRefusalsAsync(deviceId, PortalLimits.RefusalsShown, cancel)),
            await register.BindingsOfDeviceAsync(deviceId, cancel));
    }

    private async Task<IReadOnlyList<FrameSeen>> FramesAsync(string siteId, DeviceActivity? activity, CancellationToken cancel)
    {
        var frames = new List<FrameSeen>();
        foreach (var position in (activity?.Positions ?? []).Take(PortalLimits.FramesShown))
        {
            var entries = await journal.ReadAsync(siteId, position - 1, 1, cancel);
            if (entries is [{ Kind: EntryKind.Frame } entry] && entry.Position == position)
            {
                frames.Add(new FrameSeen(position, entry.At, entry.Trust, Convert.ToHexStringLower(entry.Body), NativeDecoder.DecodeRecorded(entry.Body, entry.Trust >= (byte)FrameTrust.Verified)));
            }
        }

        return frames;
    }
}
