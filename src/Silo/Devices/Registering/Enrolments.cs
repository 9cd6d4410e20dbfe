using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.FirmwareProtocols;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices.Registering;

/// <summary>
/// Adds a device: makes its password and frame key, tells the site of stations, writes the register. The site is told first:
/// a station in the register that its site does not know would have its frames refused.
/// </summary>
internal sealed class Enrolments(IRegister register, IGrainFactory grains, MasterKey master, DomainClock clock, TimeProvider realTime, string institutionId)
{
    /// <summary>How far the domain's time may run ahead of real time before a real device is refused.</summary>
    public static readonly TimeSpan TimeAheadTolerated = TimeSpan.FromMinutes(1);

    public async Task<DeviceEnrolment> Enrol(DeviceOrder order)
    {
        var site = await register.SiteAsync(order.SiteId, CancellationToken.None);
        if (site is null || site.InstitutionId != institutionId)
        {
            return Refuse(order, "unknown-site", $"No site {order.SiteId}.");
        }

        if (WhyNot(order, site) is var (reason, detail))
        {
            return Refuse(order, reason, detail);
        }

        if (await register.DeviceAsync(order.DeviceId, CancellationToken.None) is not null)
        {
            return Refuse(order, "device-exists", $"A device {order.DeviceId} exists already.");
        }

        if (IsStation(order) && await Tell(order, site, bound: true) is { Accepted: false } refused)
        {
            return Refuse(order, refused.Reason!, refused.Detail ?? "");
        }

        var password = DevicePassword.Make();
        var key = FrameKeys.Make();
        if (!await register.AddDeviceAsync(Row(order, password, key), CancellationToken.None))
        {
            // Two institutions wanted one name in the same moment.
            _ = IsStation(order) ? await Tell(order, site, bound: false) : null;
            return Refuse(order, "device-exists", $"A device {order.DeviceId} exists already.");
        }

        return new DeviceEnrolment(
            true, null, null, order.DeviceId, order.Kind, order.SiteId, order.DeviceId, password, FrameKeys.FirstKeyId, Convert.ToHexStringLower(key));
    }

    public static DeviceEnrolment Refuse(DeviceOrder order, string reason, string detail) =>
        new(false, reason, detail, order.DeviceId, order.Kind, order.SiteId, "", "", 0, "");

    /// <summary>What a repetition is answered with: the device, without what was shown once.</summary>
    public static DeviceEnrolment WithoutSecrets(DeviceEnrolment enrolment) =>
        enrolment with { Password = "", FrameKeyHex = "", Detail = "Its secrets were shown once." };

    private (string, string)? WhyNot(DeviceOrder order, SiteRow site)
    {
        if (!DeviceKinds.TryParse(order.Kind, out var kind))
        {
            return ("unknown-kind", $"'{order.Kind}' is no kind of device.");
        }

        if (!DeviceName.TryParse(order.DeviceId, out var name) || !DeviceKinds.Accepts(kind, name))
        {
            return ("bad-device-id", "A device's id is 1 to 16 of a–z, 0–9 and '-'; an ear tag's is its 15-digit number.");
        }

        if (!Fits(kind, (SiteKind)site.Kind))
        {
            return ("wrong-site-kind", $"A {order.Kind} has no place at this kind of site.");
        }

        // Without a zone it serves the whole site: a weighbridge, a feeder, an ear tag.
        if (order.Zone.Length > 0 && !SiteZones.Has(site, order.Zone))
        {
            return ("unknown-zone", $"{site.SiteId} has no zone '{order.Zone}'.");
        }

        var isRealTime = clock.Mode == ClockMode.Real && clock.GetUtcNow() - realTime.GetUtcNow() <= TimeAheadTolerated;
        return order.Simulated || isRealTime
            ? null
            : ("clock-not-real", "A real device can't be added where time is scaled, stepped or ahead of real time.");
    }

    private static bool Fits(DeviceKind kind, SiteKind site) => kind switch
    {
        DeviceKind.WarehouseScale => site == SiteKind.Warehouse,
        DeviceKind.GpsNode => site == SiteKind.Fleet,
        _ => site == SiteKind.Ranch,
    };

    private static bool IsStation(DeviceOrder order) => order.Kind != DeviceKinds.Name(DeviceKind.EarTag);

    private Task<CommandReceipt> Tell(DeviceOrder order, SiteRow site, bool bound)
    {
        var commandId = $"{order.CommandId}/{(bound ? "bind" : "unbind")}";
        var station = new StationBinding(order.DeviceId, order.Kind, order.Zone, Bound: bound);
        return grains.Site((SiteKind)site.Kind, site.SiteId).SubmitPatiently(new BindStations(commandId, order.By, [station]));
    }

    private DeviceRow Row(DeviceOrder order, string password, byte[] key) => new(
        order.DeviceId,
        institutionId,
        order.SiteId,
        order.Kind,
        order.Zone,
        DevicePassword.Hash(password),
        FrameKeys.Seal(master, order.DeviceId, FrameKeys.FirstKeyId, key),
        InService: true,
        order.Simulated,
        clock.GetUtcNow(),
        order.By);
}
