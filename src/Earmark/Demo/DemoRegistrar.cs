using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;

namespace Earmark.Host.Demo;

/// <summary>Onboards the demo through the same door as everybody else.</summary>
internal sealed class DemoRegistrar(IRegistrarGrain registrar, DemoFiles files)
{
    private readonly Dictionary<string, DeviceFileEntry> enrolled = files.Enrolled();

    public async Task OpenSiteAsync(string siteId, SiteKind kind, string displayName, string[] zones, double latitude, double longitude) =>
        Require(await registrar.OpenSite(new SiteOpening($"demo-open-{siteId}", DemoCast.By, siteId, kind, displayName, zones, latitude, longitude)), siteId);

    public async Task<DeviceFileEntry> EnrolAsync(string siteId, string kind, string deviceId, string zone)
    {
        if (enrolled.TryGetValue(deviceId, out var known))
        {
            return known;
        }

        var enrolment = await registrar.AddDevice(new DeviceOrder($"demo-add-{deviceId}", DemoCast.By, deviceId, kind, siteId, zone, Simulated: true));
        if (!enrolment.Accepted)
        {
            throw new InvalidOperationException(
                $"The demo's device {deviceId} was refused: {enrolment.Reason} {enrolment.Detail}. An earlier start was cut off while it was being added; remove the data folder to begin again.");
        }

        var entry = DeviceFileEntry.From(enrolment);
        files.Remember(entry);
        return entry;
    }

    public async Task DeclareAsync(string siteId, SiteCommand command) =>
        Require(await registrar.Declare(siteId, command), command.CommandId);

    public static void Require(CommandReceipt receipt, string what)
    {
        if (!receipt.Accepted)
        {
            throw new InvalidOperationException($"The demo's {what} was refused: {receipt.Reason} {receipt.Detail}");
        }
    }
}
