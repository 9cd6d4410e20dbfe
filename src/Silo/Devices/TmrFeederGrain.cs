using Earmark.Contracts.Devices;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices;

/// <summary>
/// TMR 饲喂车. Its kilograms feed the growth model, so a mixer that delivers more than it loaded is not believed: a mass
/// imbalance marks it tampered until a person has looked at its load cells and cleared it.
/// </summary>
public sealed class TmrFeederGrain(
    [PersistentState(DeviceGrain.StateName, DeviceGrain.StorageName)] IPersistentState<DeviceMemory> memory,
    IRegister register,
    DomainClock clock) : DeviceGrain(memory, register, clock), ITmrFeederGrain
{
    protected override string Kind => "tmr-feeder";

    protected override Verdict Judge(AssetTransition transition, DeviceStanding standing) => transition.Transition switch
    {
        Transitions.MassImbalance or Transitions.Tampered => Verdict.Accept with { Tampered = true },
        Transitions.Silent => Verdict.Accept with { Connection = ConnectionState.Silent },
        Transitions.Heard when !standing.Row.InService => Verdict.Refuse(DeviceStanding.Reasons.OutOfService),
        Transitions.Heard when standing.Tampered => Verdict.Refuse(DeviceStanding.Reasons.Tampered),
        Transitions.Heard => Verdict.Accept with { Connection = ConnectionState.Online },
        _ => Verdict.Refuse(DeviceStanding.Reasons.UnknownTransition),
    };
}
