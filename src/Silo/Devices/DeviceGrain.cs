using Earmark.Contracts.Devices;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices;

/// <summary>
/// What the five twins share: identity and binding from the register, one answer per transition, acts of people, events.
/// Its own state is written for a transition or an act; a change of connection alone waits for the next of these or for
/// the end of the activation, so that a storm of reconnects writes nothing.
/// </summary>
public abstract class DeviceGrain(IPersistentState<DeviceMemory> memory, IRegister register, DomainClock clock) : Grain, IDeviceGrain
{
    public const string StateName = "device";
    public const string StorageName = "devices";

    private DeviceRow? row;
    private string? assetId;
    private bool connectionIsUnwritten;

    protected abstract string Kind { get; }

    /// <summary>The device's own decision; pure.</summary>
    protected abstract Verdict Judge(AssetTransition transition, DeviceStanding standing);

    /// <summary>An act only this kind knows; false when it knows no such act.</summary>
    protected virtual bool TryAct(DeviceAct act, DeviceMemory device) => false;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => ReadRegister(cancellationToken);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (connectionIsUnwritten)
        {
            await memory.WriteStateAsync(cancellationToken);
        }
    }

    public async ValueTask<DeviceTwin?> Describe()
    {
        await ReadRegisterIfUnknown();
        return row is null ? null : Twin(row);
    }

    public async ValueTask ConnectionChanged(ConnectionChange change)
    {
        await ReadRegisterIfUnknown();

        // Two gateways may tell in either order; the later moment holds.
        if (row is null || (memory.State.ConnectionSince is { } since && change.At < since))
        {
            return;
        }

        if (change.State is ConnectionState.Silent or ConnectionState.Lost)
        {
            memory.State.Note(change.At, change.State == ConnectionState.Lost ? "lost" : "silent", change.Because ?? "", "gateway");
        }

        Connect(change.State, change.At);
    }

    public async ValueTask<TransitionAnswer> Decide(AssetTransition transition)
    {
        var device = memory.State;
        if (device.Answered.Find(answered => answered.TransitionId == transition.TransitionId) is { } known)
        {
            return known.Answer;
        }

        // What raises value rests on the binding as the register has it now, not as it was when this activation began.
        await ReadRegister(CancellationToken.None);
        if (row is null)
        {
            return new TransitionAnswer(false, DeviceStanding.Reasons.NotRegistered, device.Version);
        }

        var now = clock.GetUtcNow();
        var verdict = Judge(transition, new DeviceStanding(row, assetId, device.Tampered, device.CalibratedUntil, now));
        device.Version++;
        device.Tampered = verdict.Tampered ?? device.Tampered;
        if (verdict.Connection is { } connection)
        {
            Connect(connection, transition.At);
        }

        var answer = new TransitionAnswer(verdict.Accepted, verdict.Reason, device.Version);
        device.Remember(transition.TransitionId, answer);
        device.Note(now, transition.Transition, verdict.Accepted ? transition.Because : $"refused: {verdict.Reason}", transition.SiteId);
        await Write();
        return answer;
    }

    public async ValueTask<DeviceTwin> Act(DeviceAct act)
    {
        await ReadRegisterIfUnknown();
        var device = memory.State;
        var known = row ?? throw new InvalidOperationException($"No {Kind} is registered as {this.GetPrimaryKeyString()}.");
        if (device.Acts.Contains(act.ActId))
        {
            return Twin(known);
        }

        switch (act.Act)
        {
            case DeviceActs.Note:
                break;
            case DeviceActs.ClearTamper:
                device.Tampered = false;
                break;
            case DeviceActs.TakeOutOfService or DeviceActs.PutInService:
                row = known = known with { InService = act.Act == DeviceActs.PutInService };
                await register.SetDeviceInServiceAsync(known.DeviceId, known.InService, CancellationToken.None);
                break;
            default:
                if (!TryAct(act, device))
                {
                    throw new ArgumentException($"A {Kind} knows no act '{act.Act}'.", nameof(act));
                }

                break;
        }

        device.Version++;
        device.Remember(act.ActId);
        device.Note(clock.GetUtcNow(), act.Act, act.Detail, act.By);
        await Write();
        return Twin(known);
    }

    public async ValueTask Reload() => await ReadRegister(CancellationToken.None);

    // A twin may have been asked for before its device was registered.
    private Task ReadRegisterIfUnknown() => row is null ? ReadRegister(CancellationToken.None) : Task.CompletedTask;

    private async Task ReadRegister(CancellationToken cancel)
    {
        var id = this.GetPrimaryKeyString();
        row = await register.DeviceAsync(id, cancel) is { } found && found.Kind == Kind ? found : null;
        var standing = row is null ? [] : await register.StandingBindingsAsync([id], cancel);
        assetId = standing.Count > 0 ? standing[0].AssetId : null;
    }

    private void Connect(ConnectionState state, DateTimeOffset at)
    {
        connectionIsUnwritten |= memory.State.Connection != state;
        memory.State.Connection = state;
        memory.State.ConnectionSince = at;
    }

    private async Task Write()
    {
        try
        {
            await memory.WriteStateAsync();
            connectionIsUnwritten = false;
        }
        catch
        {
            // What is in memory was not kept: the next call must not answer from it.
            DeactivateOnIdle();
            throw;
        }
    }

    private DeviceTwin Twin(DeviceRow known) => new(
        known.DeviceId,
        known.Kind,
        known.SiteId,
        known.InstitutionId,
        assetId,
        memory.State.Connection,
        memory.State.ConnectionSince,
        memory.State.Tampered,
        known.InService,
        null,
        memory.State.Version,
        [.. memory.State.Events]);
}
