using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices.Registering;

/// <summary>
/// Commands of people, checked against the register. What adds is written to the register before the site counts it, so that
/// an asset or tag is never at two sites; what removes is journaled by the site before the register lets go.
/// </summary>
internal sealed class Declarations(IRegister register, ILendingBook lending, IGrainFactory grains, DomainClock clock, string institutionId)
{
    private readonly AssetDeclarations assets = new(register, clock, institutionId);
    private readonly Removals removals = new(register, lending, clock);

    public async Task<CommandReceipt> Declare(string siteId, SiteCommand command)
    {
        var site = await register.SiteAsync(siteId, CancellationToken.None);
        if (site is null || site.InstitutionId != institutionId)
        {
            return CommandReceipt.Refuse("unknown-site", $"No site {siteId}.");
        }

        if (await Prepare(site, command) is { } refused)
        {
            return refused;
        }

        var receipt = await grains.Site((SiteKind)site.Kind, siteId).SubmitPatiently(command);
        if (receipt.Accepted)
        {
            await Conclude(command);
        }

        return receipt;
    }

    private async Task<CommandReceipt?> Prepare(SiteRow site, SiteCommand command) => command switch
    {
        DeclareAnimals declare => await assets.Animals(site, declare),
        DeclareLots declare => await assets.Lots(site, declare),
        DeclareShipments declare => await assets.Shipments(site, declare),
        BindTag bind => await assets.Tag(site, bind),
        RemoveAssets remove => await assets.Known(site, remove.AssetIds) ?? await removals.WhyNot(remove),
        MoveAssets move => await assets.Known(site, move.AssetIds) ?? AssetDeclarations.UnknownZone(site, [move.Zone]),
        SetCover cover => await assets.Known(site, cover.AssetIds),
        WeighAnimals weigh => await assets.Known(site, [.. weigh.Weighings.Select(weighing => weighing.AssetId)]),
        BindStations bind => await Stations(site, bind),
        SetPolicy => null,
        _ => CommandReceipt.Refuse("not-declarable", "Pledges, releases and transfers go through their own orders."),
    };

    private async Task Conclude(SiteCommand command)
    {
        switch (command)
        {
            case RemoveAssets remove:
                await removals.Conclude(remove);
                break;
            case BindTag bind:
                await assets.Conclude(bind);
                await Reload(bind.Tag);
                break;
            case BindStations bind:
                await Calibrate(bind);
                break;
        }
    }

    private async Task<CommandReceipt?> Stations(SiteRow site, BindStations bind)
    {
        if (bind.Stations.Length is 0 or > SiteLimits.PageSize)
        {
            return CommandReceipt.Refuse("too-many", $"1 to {SiteLimits.PageSize} stations at a time.");
        }

        var known = await register.DevicesByIdAsync([.. bind.Stations.Select(station => station.DeviceId)], CancellationToken.None);
        var kinds = known.Where(device => device.SiteId == site.SiteId).ToDictionary(device => device.DeviceId, device => device.Kind);
        var wrong = Array.Find(bind.Stations, station => kinds.GetValueOrDefault(station.DeviceId) != station.Kind);
        return wrong is null ? null : CommandReceipt.Refuse("unknown-device", $"{site.SiteId} has no {wrong.Kind} {wrong.DeviceId}.");
    }

    private async Task Calibrate(BindStations bind)
    {
        foreach (var scale in bind.Stations.Where(station => station is { Kind: "warehouse-scale", CalibratedUntil: not null }))
        {
            var lastDay = scale.CalibratedUntil!.Value.UtcDateTime.AddTicks(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            await grains.GetGrain<IWarehouseScaleGrain>(scale.DeviceId).Act(new DeviceAct($"{bind.CommandId}/calibrate", DeviceActs.Calibrate, bind.By, lastDay));
        }
    }

    private async Task Reload(string? tag)
    {
        if (tag is not null)
        {
            await grains.GetGrain<IEarTagGrain>(tag).Reload();
        }
    }
}
