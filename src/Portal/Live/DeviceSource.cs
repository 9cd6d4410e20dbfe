using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Portal.Layout;
using Earmark.Portal.Reads;
using Earmark.Storage.Book;
using Orleans;

namespace Earmark.Portal.Live;

/// <summary><c>device:ID</c>: what its site remembers of its frames and how its twin stands.</summary>
internal sealed class DeviceSource(DeviceReads devices, SiteReads sites, IRegister register, IGrainFactory grains) : ILiveSource
{
    private static readonly string[] Columns = ["last-heard", "boot", "sequence", "frames", "duplicates", "marked", "connection"];

    public string Name => "device";

    public async Task<string?> ResolveAsync(Viewer viewer, string argument, CancellationToken cancel) =>
        (await devices.FindAsync(viewer, argument, cancel))?.DeviceId;

    public async Task<LiveTable> ReadAsync(string key, CancellationToken cancel)
    {
        if (await register.DeviceAsync(key, cancel) is not { } device || await register.SiteAsync(device.SiteId, cancel) is not { } site
            || grains.Device(device.Kind, key) is not { } grain)
        {
            return new LiveTable(Columns, []);
        }

        var activity = await sites.GrainOf(site).Activity(key).AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel);
        var twin = await grain.Describe().AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel);
        return new LiveTable(Columns, [RowOf(key, activity, twin)]);
    }

    private static LiveRow RowOf(string key, DeviceActivity? activity, DeviceTwin? twin) => new(key,
    [
        activity?.LastHeardAt?.ToUnixTimeMilliseconds(),
        activity is null ? null : Show.Count(activity.Boot),
        activity is null ? null : Show.Count(activity.Sequence),
        activity is null ? null : Show.Count(activity.Frames),
        activity is null ? null : Show.Count(activity.Duplicates),
        activity is null ? null : Show.Count(activity.Marked),
        twin?.Connection.ToString().ToLowerInvariant(),
    ]);
}

/// <summary><c>open-alarms</c>: how many alarms the viewer has open; row <c>open</c>, column <c>count</c>.</summary>
internal sealed class OpenAlarmsSource(AlarmReads alarms) : ILiveSource
{
    private static readonly string[] Columns = ["count"];

    public string Name => "open-alarms";

    // The scope is the key: who sees the same alarms shares the reading of them.
    public Task<string?> ResolveAsync(Viewer viewer, string argument, CancellationToken cancel) => Task.FromResult(
        argument.Length > 0 ? null : viewer.IsBank ? viewer.InstitutionId : $"{viewer.InstitutionId} {string.Join(' ', viewer.SiteIds.Order(StringComparer.Ordinal))}");

    public async Task<LiveTable> ReadAsync(string key, CancellationToken cancel)
    {
        var parts = key.Split(' ');
        var scope = new Viewer(
            "live", parts[0], key.Contains(' ', StringComparison.Ordinal) ? Roles.RanchOperator : Roles.BankOfficer, parts.Skip(1).ToHashSet(StringComparer.Ordinal), null);
        return new LiveTable(Columns, [new LiveRow("open", [Show.Count(await alarms.CountOpenAsync(scope, cancel))])]);
    }
}
