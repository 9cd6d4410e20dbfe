using System.Globalization;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.Silo.Devices;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Transitions;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>
/// Judges animals. What lowers value (dead presumed, missing, tag removed) takes effect here and now; what would raise it (found, revived)
/// is only asked, and counts from the journaled answer of the tag's grain.
/// </summary>
internal sealed class HerdHealth(RanchFold fold, Herd herd)
{
    private SitePolicy? _policyOf;
    private HealthParameters _parameters = HealthParameters.Default;
    private PresenceParameters _presence = PresenceParameters.Default;

    /// <summary>Judges an animal on its newest reading.</summary>
    public void Judge(int slot, ref HeardRow row, uint second, long position)
    {
        if (row.SignsBucket != (ushort)DayDigest.BucketOf(second))
        {
            ReadSigns(slot, ref row);
        }

        var verdict = HealthRule.Assess(row.Signs(), Parameters());
        if (row.Health == HealthState.DeadPresumed)
        {
            if (verdict.State != HealthState.DeadPresumed)
            {
                Ask(slot, Transitions.Revived, row.LastHeard, position, verdict.Reason.Code());
            }
        }
        else if (verdict.State != row.Health)
        {
            row.HealthState = (byte)verdict.State;
            row.HealthReason = (byte)verdict.Reason;
            row.HealthSince = second;
            if (verdict.State == HealthState.DeadPresumed)
            {
                Ask(slot, Transitions.DeadPresumed, second, position, Because(row, verdict));
            }
        }

        JudgeMarks(slot, ref row, second, position);
    }

    /// <summary>Judges again an animal that late readings touched: its usual may have changed.</summary>
    public void JudgeAgain(int slot, long position)
    {
        ref var row = ref herd.Heard[slot];
        row.Set(HeardMarks.TouchedLate, false);
        ReadSigns(slot, ref row);
        Judge(slot, ref row, row.LastHeard, position);
    }

    /// <summary>Marks an animal missing that was not heard for long, in time in which its pen was listened to.</summary>
    public void JudgePresence(int slot, uint now, long position)
    {
        ref var row = ref herd.Heard[slot];
        ref readonly var animal = ref herd.Animals[slot];
        if (row.LastHeard == 0 || animal.Tag == 0 || row.Is(HeardMarks.Missing) || row.Health == HealthState.DeadPresumed
            || now < row.LastHeard + (uint)fold.Core.Policy.MissingSeconds)
        {
            return;
        }

        Parameters();
        var covered = fold.Core.Coverage.CoveredSeconds(animal.Zone, row.LastHeard, now);
        if (PresenceRule.Assess(covered, 0, true, _presence) == Presence.Missing)
        {
            row.Set(HeardMarks.Missing, true);
            Ask(slot, Transitions.Missing, now, position, string.Create(CultureInfo.InvariantCulture, $"not heard for {covered / 60} minutes in which its pen was"));
        }
    }

    /// <summary>The answer of the tag's grain has been journaled.</summary>
    public void Answer(int slot, string transition, bool accepted)
    {
        ref var row = ref herd.Heard[slot];
        if (!accepted)
        {
            return;
        }

        if (transition == Transitions.Found)
        {
            row.Set(HeardMarks.Missing, false);
            row.Set(HeardMarks.TagRemoved, (row.Flags & TagFlags.Removed) != 0);
        }
        else if (transition == Transitions.Revived)
        {
            var verdict = HealthRule.Assess(row.Signs(), Parameters());
            row.HealthState = (byte)verdict.State;
            row.HealthReason = (byte)verdict.Reason;
            row.HealthSince = fold.Core.Now;
        }
    }

    private void JudgeMarks(int slot, ref HeardRow row, uint second, long position)
    {
        var cutOff = (row.Flags & TagFlags.Removed) != 0;
        if (cutOff && !row.Is(HeardMarks.TagRemoved))
        {
            row.Set(HeardMarks.TagRemoved, true);
            Ask(slot, Transitions.Tampered, second, position, "the loop through the ear is open");
        }
        else if (row.Is(HeardMarks.Missing) || (row.Is(HeardMarks.TagRemoved) && !cutOff))
        {
            Ask(slot, Transitions.Found, second, position, "heard again");
        }
    }

    private void ReadSigns(int slot, ref HeardRow row)
    {
        var signs = DigestSigns.Of(herd.Digests[slot], row.LastHeard);
        row.SignsBucket = (ushort)DayDigest.BucketOf(row.LastHeard);
        row.UsualTemperatureCentiCelsius = signs.UsualTemperatureCentiCelsius == HealthSigns.Unknown
            ? HeardRow.NoTemperature
            : (short)signs.UsualTemperatureCentiCelsius;
        row.ActivityShare = signs.ActivityMillionthsOfUsual == HealthSigns.Unknown
            ? HeardRow.NoShare
            : (ushort)Math.Min(signs.ActivityMillionthsOfUsual / 100, HeardRow.NoShare - 1);
    }

    private void Ask(int slot, string transition, uint second, long position, string because)
    {
        var asset = herd.Ids[slot];
        var tag = herd.Animals[slot].Tag;
        if (tag == 0 || !TagNumber.TryCreate(tag, out var number) || fold.Core.Transitions.IsOpen(asset, transition))
        {
            return;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"{fold.SiteId}/{asset}/{transition}/{position}");
        fold.Core.Transitions.Add(new OpenTransition(id, asset, "ear-tag", number.ToString(), transition, Seconds.At(second), because));
    }

    private HealthParameters Parameters()
    {
        var policy = fold.Core.Policy;
        if (!ReferenceEquals(policy, _policyOf))
        {
            _policyOf = policy;
            _parameters = HealthParameters.Default with
            {
                DeadMotionlessMinutes = policy.DeadMotionlessMinutes,
                DeadBelowCentiCelsius = policy.DeadTemperatureCentidegrees,
            };
            _presence = PresenceParameters.Default with { MissingAfterSeconds = policy.MissingSeconds };
        }

        return _parameters;
    }

    private static string Because(in HeardRow row, HealthVerdict verdict) => string.Create(
        CultureInfo.InvariantCulture,
        $"{verdict.Reason.Code()}: {row.MotionlessMinutes} min without movement, ear at {row.TemperatureCentiCelsius / 100m:0.0} °C");
}
