using Earmark.Contracts;
using Earmark.Contracts.Sites;

namespace Earmark.Silo.Sites.Commands;

/// <summary>Pledge, release, cover, movement and removal: the same rules for animals, lots and shipments.</summary>
internal static class AssetCommands
{
    public const int MaximumFacilities = 1_000;

    public static bool Is(SiteCommand command) =>
        command is PledgeAssets or ReleaseAssets or SetCover or MoveAssets or RemoveAssets;

    /// <summary>Null when the command may be accepted.</summary>
    public static CommandReceipt? Check(SiteCore core, IAssetColumns assets, SiteCommand command)
    {
        var ids = Ids(command);
        if (ids.Length is 0 or > SiteLimits.AssetsPerCommand)
        {
            return CommandReceipt.Refuse("too-many-assets", $"A command names 1 to {SiteLimits.AssetsPerCommand} assets, not {ids.Length}.");
        }

        if (CheckWhole(core, command) is { } refused)
        {
            return refused;
        }

        var facility = FacilityOf(core, command);
        foreach (var id in ids)
        {
            if (!assets.TryFind(id, out var slot))
            {
                return CommandReceipt.Refuse("unknown-asset", $"No asset {id} at this site.");
            }

            if (CheckOne(assets, command, slot, facility) is { } reason)
            {
                return CommandReceipt.Refuse(reason, $"Asset {id}.");
            }
        }

        return null;
    }

    public static void Take(SiteCore core, IAssetColumns assets, SiteCommand command, long position)
    {
        var facility = command is PledgeAssets pledge ? core.Facilities.Of(pledge.FacilityId) : (ushort)0;
        var zone = command is MoveAssets move ? core.Zones.Of(move.Zone) : (ushort)0;
        foreach (var id in Ids(command))
        {
            if (assets.TryFind(id, out var slot))
            {
                TakeOne(core, assets, command, slot, facility, zone, position);
            }
        }
    }

    private static void TakeOne(
        SiteCore core, IAssetColumns assets, SiteCommand command, int slot, ushort facility, ushort zone, long position)
    {
        switch (command)
        {
            case PledgeAssets pledge:
                assets.Pledge(slot, facility, pledge.RegistrationNumber.Length > 0, position);
                break;
            case ReleaseAssets release when core.Facilities[assets.FacilityOf(slot)] == release.FacilityId:
                assets.Pledge(slot, 0, false, position);
                break;
            case SetCover { InsuredUntil: { } until }:
                assets.Insure(slot, Seconds.Of(until), position);
                break;
            case MoveAssets:
                assets.Move(slot, zone, position);
                break;
            case RemoveAssets remove when Departures.TryParse(remove.Because, out var because):
                assets.Remove(slot, because, position);
                break;
        }

        if (command is SetCover { Quarantined: { } quarantined })
        {
            assets.Quarantine(slot, quarantined, position);
        }
    }

    private static CommandReceipt? CheckWhole(SiteCore core, SiteCommand command) => command switch
    {
        PledgeAssets pledge when !Names.IsValid(pledge.FacilityId) => CommandReceipt.Refuse("invalid-name", "The facility's id."),
        PledgeAssets pledge when !core.Facilities.TryFind(pledge.FacilityId, out _) && core.Facilities.Count > MaximumFacilities =>
            CommandReceipt.Refuse("too-many-facilities", $"A site reports to at most {MaximumFacilities} facilities."),
        MoveAssets move when !SettingCommands.ZoneFits(core, move.Zone) => CommandReceipt.Refuse("unknown-zone", move.Zone),
        RemoveAssets remove when !Departures.TryParse(remove.Because, out _) =>
            CommandReceipt.Refuse("unknown-reason", "An asset leaves sold, dead, slaughtered, consumed or delivered."),
        _ => null,
    };

    private static string? CheckOne(IAssetColumns assets, SiteCommand command, int slot, ushort facility) => command switch
    {
        ReleaseAssets => facility == 0 || assets.FacilityOf(slot) != facility ? "not-pledged-here" : null,
        _ when assets.IsGone(slot) => "asset-gone",
        PledgeAssets when assets.FacilityOf(slot) is var holder && holder != 0 && holder != facility => "pledged-elsewhere",
        _ => null,
    };

    private static ushort FacilityOf(SiteCore core, SiteCommand command)
    {
        var name = (command as PledgeAssets)?.FacilityId ?? (command as ReleaseAssets)?.FacilityId ?? "";
        return core.Facilities.TryFind(name, out var facility) ? facility : (ushort)0;
    }

    private static string[] Ids(SiteCommand command) => command switch
    {
        PledgeAssets pledge => pledge.AssetIds,
        ReleaseAssets release => release.AssetIds,
        SetCover cover => cover.AssetIds,
        MoveAssets move => move.AssetIds,
        RemoveAssets remove => remove.AssetIds,
        _ => [],
    };
}
