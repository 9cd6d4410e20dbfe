using Earmark.Contracts.Devices;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices;

/// <summary>
/// 基站. It carries other devices' words and vouches for no animal: its outage is one fact of the site, which wakes no tags.
/// A station taken out of service may fall silent, but is not heard again until a person puts it back.
/// </summary>
public sealed class BaseStationGrain(
    [PersistentState(DeviceGrain.StateName, DeviceGrain.StorageName)] IPersistentState<DeviceMemory> memory,
    IRegister register,
    DomainClock clock) : DeviceGrain(memory, register, clock), IBaseStationGrain
{
    protected override string Kind => "base-station";

    protected override Verdict Judge(AssetTransition transition, DeviceStanding standing) => transition.Transition switch
    {
        Transitions.Silent => Verdict.Accept with { Connection = ConnectionState.Silent },
        Transitions.Heard => standing.Row.InService
            ? Verdict.Accept with { Connection = ConnectionState.Online }
            : Verdict.Refuse(DeviceStanding.Reasons.OutOfService),
        Transitions.Tampered => Verdict.Accept with { Tampered = true },
        _ => Verdict.Refuse(DeviceStanding.Reasons.UnknownTransition),
    };
}
