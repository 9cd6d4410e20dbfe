using Orleans.Concurrency;

namespace Earmark.Contracts.Devices;

/// <summary>
/// The twin of one device. Key: the device's name. It decides about identity, binding, custody, tamper and connection;
/// hot figures stay in the site's columns. It never calls its site.
/// </summary>
[Alias("earmark.device")]
public interface IDeviceGrain : IGrainWithStringKey
{
    [Alias("describe"), AlwaysInterleave]
    ValueTask<DeviceTwin?> Describe();

    /// <summary>The gateway tells that a session opened or ended.</summary>
    [Alias("connection")]
    ValueTask ConnectionChanged(ConnectionChange change);

    /// <summary>The site tells of a transition and asks whether the device agrees; the same transition id answers alike.</summary>
    [Alias("transition")]
    ValueTask<TransitionAnswer> Decide(AssetTransition transition);

    /// <summary>A person's act on this one device (tamper cleared, taken out of service, note).</summary>
    [Alias("act")]
    ValueTask<DeviceTwin> Act(DeviceAct act);

    /// <summary>Reads its register row again, after the register changed.</summary>
    [Alias("reload")]
    ValueTask Reload();
}

[Alias("earmark.ear-tag")]
public interface IEarTagGrain : IDeviceGrain;

[Alias("earmark.base-station")]
public interface IBaseStationGrain : IDeviceGrain;

[Alias("earmark.tmr-feeder")]
public interface ITmrFeederGrain : IDeviceGrain;

[Alias("earmark.warehouse-scale")]
public interface IWarehouseScaleGrain : IDeviceGrain;

[Alias("earmark.gps-node")]
public interface IGpsNodeGrain : IDeviceGrain;

public static class DeviceGrains
{
    /// <summary>The twin of a device by the kind's name on the wire; null for a kind that has none.</summary>
    public static IDeviceGrain? Device(this IGrainFactory grains, string kind, string deviceId) => kind switch
    {
        "ear-tag" => grains.GetGrain<IEarTagGrain>(deviceId),
        "base-station" => grains.GetGrain<IBaseStationGrain>(deviceId),
        "tmr-feeder" => grains.GetGrain<ITmrFeederGrain>(deviceId),
        "warehouse-scale" => grains.GetGrain<IWarehouseScaleGrain>(deviceId),
        "gps-node" => grains.GetGrain<IGpsNodeGrain>(deviceId),
        _ => null,
    };
}
