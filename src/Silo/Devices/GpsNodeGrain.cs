using Earmark.Contracts.Devices;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices;

/// <summary>
/// 定位节点. It has custody of a shipment: a broken seal stays broken until a person resealed it (clear-tamper), and only an intact
/// node that still travels with that shipment brings it back from missing or off its corridor.
/// </summary>
public sealed class GpsNodeGrain(
    [PersistentState(DeviceGrain.StateName, DeviceGrain.StorageName)] IPersistentState<DeviceMemory> memory,
    IRegister register,
    DomainClock clock) : DeviceGrain(memory, register, clock), IGpsNodeGrain
{
    protected override string Kind => "gps-node";

    protected override Verdict Judge(AssetTransition transition, DeviceStanding standing) => transition.Transition switch
    {
        Transitions.Missing or Transitions.OffCorridor => Verdict.Accept,
        Transitions.Silent => Verdict.Accept with { Connection = ConnectionState.Silent },
        Transitions.SealBroken or Transitions.Tampered => Verdict.Accept with { Tampered = true },
        Transitions.Found or Transitions.BackOnCorridor or Transitions.Heard => Verdict.Unless(standing.WhyNotVouching(transition)),
        _ => Verdict.Refuse(DeviceStanding.Reasons.UnknownTransition),
    };
}
