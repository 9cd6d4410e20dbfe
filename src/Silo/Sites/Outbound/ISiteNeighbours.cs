using Earmark.Contracts.Alarms;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;

namespace Earmark.Silo.Sites.Outbound;

/// <summary>Those a site tells of itself.</summary>
internal interface ISiteNeighbours
{
    Task ReportAsync(CollateralReport report);

    Task StandAsync(AlarmStanding standing);

    Task<TransitionAnswer> DecideAsync(string kind, string deviceId, AssetTransition transition);
}

/// <summary>The grains of the facility, of the site's alarm board and of the device.</summary>
internal sealed class GrainNeighbours(IGrainFactory grains) : ISiteNeighbours
{
    public Task ReportAsync(CollateralReport report) => grains.GetGrain<IFacilityGrain>(report.FacilityId).Report(report).AsTask();

    public Task StandAsync(AlarmStanding standing) => grains.GetGrain<IAlarmBoardGrain>(standing.SiteId).Stand(standing).AsTask();

    public Task<TransitionAnswer> DecideAsync(string kind, string deviceId, AssetTransition transition) =>
        grains.Device(kind, deviceId)?.Decide(transition).AsTask()
        ?? throw new InvalidOperationException($"no device is a {kind}");
}
