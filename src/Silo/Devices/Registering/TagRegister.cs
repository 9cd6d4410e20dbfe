using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices.Registering;

/// <summary>Devices that vouch for one asset (ear tags, GPS nodes): whose they are, what they are bound to, binding them.</summary>
internal sealed class TagRegister(IRegister register, DomainClock clock, string institutionId)
{
    private const int NamedAtMost = 5;

    /// <summary>A device is bound to one living asset; taking it from another is an act of its own (unbind first).</summary>
    public async Task<CommandReceipt?> WhyNot(SiteRow site, string kind, IReadOnlyList<(string AssetId, string Device)> pairs)
    {
        var devices = pairs.Select(pair => pair.Device).ToList();
        if (devices.Distinct(StringComparer.Ordinal).Count() != devices.Count)
        {
            return CommandReceipt.Refuse("device-twice", "A device is named twice in one command.");
        }

        var known = await register.DevicesByIdAsync(devices, CancellationToken.None);
        var strange = known.Where(row => row.SiteId != site.SiteId || row.Kind != kind).Select(row => row.DeviceId).ToList();
        if (strange.Count > 0)
        {
            return CommandReceipt.Refuse("device-of-another-site", $"Not a {kind} of {site.SiteId}: {Named(strange)}.");
        }

        var missing = devices.Except(known.Select(row => row.DeviceId), StringComparer.Ordinal)
            .Where(device => kind != "ear-tag" || !DeviceName.TryParse(device, out var name) || !TagNumber.TryFrom(name, out _))
            .ToList();
        if (missing.Count > 0)
        {
            return CommandReceipt.Refuse("unknown-device", $"Not registered, or no 15-digit tag number: {Named(missing)}.");
        }

        var wanted = pairs.ToDictionary(pair => pair.Device, pair => pair.AssetId, StringComparer.Ordinal);
        var standing = await register.StandingBindingsAsync(devices, CancellationToken.None);
        var taken = standing.Where(binding => wanted[binding.DeviceId] != binding.AssetId).Select(binding => binding.DeviceId).ToList();
        return taken.Count == 0 ? null : CommandReceipt.Refuse("device-in-use", $"Bound to another asset: {Named(taken)}.");
    }

    /// <summary>
    /// Ear tags that only base stations hear need no secrets: they are registered when an animal is declared with one.
    /// They are as real as the stations that hear them.
    /// </summary>
    public async Task AddUnknown(SiteRow site, IEnumerable<string> tags, string by)
    {
        var wanted = tags.ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var known = (await register.DevicesByIdAsync(wanted, CancellationToken.None)).Select(row => row.DeviceId).ToHashSet(StringComparer.Ordinal);
        var simulated = !await HasRealStation(site);
        var rows = wanted.Where(tag => !known.Contains(tag))
            .Select(tag => new DeviceRow(
                tag, institutionId, site.SiteId, "ear-tag", "", PasswordHash: "", FrameKeys.None, InService: true, simulated, clock.GetUtcNow(), by))
            .ToList();
        await register.AddDevicesAsync(rows, CancellationToken.None);
    }

    public Task Bind(IReadOnlyList<(string AssetId, string Device)> pairs, string because)
    {
        var now = clock.GetUtcNow();
        var rows = pairs.Select(pair => new BindingRow(pair.AssetId, pair.Device, now, null, because)).ToList();
        return rows.Count == 0 ? Task.CompletedTask : register.BindAsync(rows, CancellationToken.None);
    }

    public static string Named(IReadOnlyList<string> ids) =>
        string.Join(", ", ids.Take(NamedAtMost)) + (ids.Count > NamedAtMost ? $" and {ids.Count - NamedAtMost} more" : "");

    private async Task<bool> HasRealStation(SiteRow site)
    {
        foreach (var kind in new[] { "base-station", "tmr-feeder" })
        {
            var page = await register.DevicesAsync(institutionId, site.SiteId, kind, null, 0, SiteLimits.PageSize, CancellationToken.None);
            if (page.Rows.Any(row => !row.Simulated))
            {
                return true;
            }
        }

        return false;
    }
}
