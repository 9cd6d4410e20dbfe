using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Storage.Book;
using Orleans.Concurrency;

namespace Earmark.Silo.Devices;

/// <summary>What a gateway may know of one device: read from the register each time, because gateways keep their own bounded copy.</summary>
[StatelessWorker]
public sealed class DeviceDirectoryGrain(IRegister register, MasterKey master) : Grain, IDeviceDirectoryGrain
{
    public async ValueTask<DeviceCredentials?> Find(string deviceId)
    {
        if (!Contracts.Names.IsValidDevice(deviceId)
            || await register.DeviceAsync(deviceId, CancellationToken.None) is not { } device
            || await register.SiteAsync(device.SiteId, CancellationToken.None) is not { } site)
        {
            return null;
        }

        return new DeviceCredentials(
            device.DeviceId,
            device.Kind,
            device.SiteId,
            (SiteKind)site.Kind,
            device.PasswordHash,
            FrameKeys.Open(master, device.DeviceId, device.SealedKeys),
            device.InService,
            device.Simulated);
    }
}
