using Earmark.Contracts.Devices;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices;

/// <summary>
/// 智能耳标. It vouches for one animal: an animal is found or revived only on the word of a tag that is in service, untampered
/// and still in that animal's ear. A tag that was taken off and put on another can't bring the first one back.
/// </summary>
public sealed class EarTagGrain(
    [PersistentState(DeviceGrain.StateName, DeviceGrain.StorageName)] IPersistentState<DeviceMemory> memory,
    IRegister register,
    DomainClock clock) : DeviceGrain(memory, register, clock), IEarTagGrain
{
    protected override string Kind => "ear-tag";

    protected override Verdict Judge(AssetTransition transition, DeviceStanding standing) => transition.Transition switch
    {
        Transitions.Missing or Transitions.DeadPresumed => Verdict.Accept,
        Transitions.Tampered or Transitions.TagLost => Verdict.Accept with { Tampered = true },
        Transitions.Found or Transitions.Revived => Verdict.Unless(standing.WhyNotVouching(transition)),
        _ => Verdict.Refuse(DeviceStanding.Reasons.UnknownTransition),
    };
}
