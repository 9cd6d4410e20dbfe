using System.Globalization;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices;

/// <summary>
/// 仓储秤. It vouches for weighings: one that raises a quantity holds only while the scale is in service, untampered and, where a
/// calibration is recorded, inside it. A scale is bound to a zone, not to a lot.
/// </summary>
public sealed class WarehouseScaleGrain(
    [PersistentState(DeviceGrain.StateName, DeviceGrain.StorageName)] IPersistentState<DeviceMemory> memory,
    IRegister register,
    DomainClock clock) : DeviceGrain(memory, register, clock), IWarehouseScaleGrain
{
    protected override string Kind => "warehouse-scale";

    protected override Verdict Judge(AssetTransition transition, DeviceStanding standing) => transition.Transition switch
    {
        Transitions.Missing => Verdict.Accept,
        Transitions.Silent => Verdict.Accept with { Connection = ConnectionState.Silent },
        Transitions.Tampered => Verdict.Accept with { Tampered = true },
        Transitions.Found or Transitions.Reweighed or Transitions.Heard => Verdict.Unless(WhyNotWeighing(transition, standing)),
        _ => Verdict.Refuse(DeviceStanding.Reasons.UnknownTransition),
    };

    protected override bool TryAct(DeviceAct act, DeviceMemory device)
    {
        if (act.Act != DeviceActs.Calibrate
            || !DateOnly.TryParseExact(act.Detail, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var lastDay))
        {
            return false;
        }

        device.CalibratedUntil = new DateTimeOffset(lastDay.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        return true;
    }

    private static string? WhyNotWeighing(AssetTransition transition, DeviceStanding standing) =>
        !standing.Row.InService ? DeviceStanding.Reasons.OutOfService
        : standing.Row.SiteId != transition.SiteId ? DeviceStanding.Reasons.OtherSite
        : standing.Tampered ? DeviceStanding.Reasons.Tampered
        : standing.CalibratedUntil is { } until && standing.Now >= until ? DeviceStanding.Reasons.NotCalibrated
        : null;
}
