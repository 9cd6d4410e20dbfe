using Earmark.Contracts;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;

namespace Earmark.Silo.Sites.Commands;

/// <summary>Definition, stations and policy: the same for every kind of site.</summary>
internal static class SettingCommands
{
    public const int MaximumZones = 1_000;

    public static bool Is(SiteCommand command) => command is DefineSite or BindStations or SetPolicy;

    /// <summary>A zone that is known, or a new one while there is room.</summary>
    public static bool ZoneFits(SiteCore core, string zone) =>
        zone.Length == 0 || core.Zones.TryFind(zone, out _) || (Names.IsValid(zone) && core.Zones.Count <= MaximumZones);

    /// <summary>Null when the command may be accepted.</summary>
    public static CommandReceipt? Check(SiteFold fold, SiteCommand command) => command switch
    {
        DefineSite define => CheckDefinition(fold, define),
        BindStations bind => CheckStations(fold, bind),
        SetPolicy set when SitePolicy.Wrong(set) is { } wrong => CommandReceipt.Refuse("bad-policy", wrong),
        _ => null,
    };

    public static void Take(SiteCore core, SiteCommand command)
    {
        core.SettingsVersion++;
        switch (command)
        {
            case DefineSite define:
                core.InstitutionId = define.InstitutionId;
                foreach (var zone in define.Zones)
                {
                    core.Zones.Of(zone);
                }

                break;
            case BindStations bind:
                foreach (var station in bind.Stations)
                {
                    Bind(core, station);
                }

                break;
            case SetPolicy set:
                core.Policy = SitePolicy.Of(set);
                break;
        }
    }

    private static CommandReceipt? CheckDefinition(SiteFold fold, DefineSite define) =>
        define.Kind != fold.Kind ? CommandReceipt.Refuse("wrong-kind", $"This is a {fold.Kind}, not a {define.Kind}.")
        : !Names.IsValid(define.InstitutionId) ? CommandReceipt.Refuse("invalid-name", "The institution's id.")
        : fold.Core.Defined && fold.Core.InstitutionId != define.InstitutionId
            ? CommandReceipt.Refuse("defined-otherwise", "The site belongs to another institution.")
        : define.Zones.Length > MaximumZones || !define.Zones.All(zone => ZoneFits(fold.Core, zone))
            ? CommandReceipt.Refuse("bad-zones", $"At most {MaximumZones} zones, named like {Names.MaximumLength} characters of a–z, 0–9 and '-'.")
        : null;

    private static CommandReceipt? CheckStations(SiteFold fold, BindStations bind)
    {
        if (bind.Stations.Length is 0 or > SiteLimits.AssetsPerCommand)
        {
            return CommandReceipt.Refuse("too-many-stations", $"1 to {SiteLimits.AssetsPerCommand} in one command.");
        }

        foreach (var station in bind.Stations)
        {
            var known = fold.Core.Devices.Find(station.DeviceId);
            if (!DeviceKinds.TryParse(station.Kind, out var kind) || !fold.Hears(kind) || (known is not null && known.Kind != kind))
            {
                return CommandReceipt.Refuse("wrong-kind", $"{station.DeviceId} as {station.Kind}.");
            }

            if (!Names.IsValidDevice(station.DeviceId) || !ZoneFits(fold.Core, station.Zone))
            {
                return CommandReceipt.Refuse("invalid-name", $"{station.DeviceId} in {station.Zone}.");
            }

            if (known is null && !fold.Core.Devices.HasRoomFor(kind))
            {
                return CommandReceipt.Refuse("too-many-devices", station.DeviceId);
            }
        }

        return null;
    }

    private static void Bind(SiteCore core, StationBinding station)
    {
        if (!DeviceKinds.TryParse(station.Kind, out var kind))
        {
            throw new InvalidDataException($"no device is a {station.Kind}");
        }

        var device = core.Devices.Of(station.DeviceId, kind);
        device.Zone = core.Zones.Of(station.Zone);
        device.BoundAt = station.Bound && !device.Bound ? core.Now : device.BoundAt;
        device.Bound = station.Bound;
        device.CalibratedUntil = Seconds.Of(station.CalibratedUntil);
        if (device.KeepsWatch && core.LastStationHeard == 0)
        {
            core.LastStationHeard = core.Now;
        }
    }
}
