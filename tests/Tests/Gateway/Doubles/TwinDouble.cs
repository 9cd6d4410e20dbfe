using System.Collections.Concurrent;
using Earmark.Contracts.Devices;

namespace Earmark.Tests.Gateway.Doubles;

/// <summary>A device's grain that remembers what it is told of its connection.</summary>
internal sealed class TwinDouble : IEarTagGrain, IBaseStationGrain, ITmrFeederGrain, IWarehouseScaleGrain, IGpsNodeGrain
{
    public ConcurrentQueue<ConnectionChange> Changes { get; } = new();

    public ConnectionState? Now => Changes.LastOrDefault() is { State: not ConnectionState.Unknown } change ? change.State : null;

    public ValueTask ConnectionChanged(ConnectionChange change)
    {
        Changes.Enqueue(change);
        return ValueTask.CompletedTask;
    }

    public ValueTask<DeviceTwin?> Describe() => throw Unused();

    public ValueTask<TransitionAnswer> Decide(AssetTransition transition) => throw Unused();

    public ValueTask<DeviceTwin> Act(DeviceAct act) => throw Unused();

    public ValueTask Reload() => throw Unused();

    private static InvalidOperationException Unused() => new("a gateway has no business with this");
}
