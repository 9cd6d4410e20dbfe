namespace Earmark.Finance;

/// <summary>What a decision on a margin call rests on. All of it is kept with the decision, so it can be replayed.</summary>
/// <param name="Line">The line state after this cover.</param>
/// <param name="Previous">The cover before this one, to name what moved; null when there was none.</param>
/// <param name="IsNoticeDelivered">The outbox has delivered the notice of the open call.</param>
/// <param name="DueIfCalledNow">The end of a cure period that starts now, by the institution's calendar of business days.</param>
/// <param name="IsEvidenceRetracted">The opening, recomputed with the evidence as it is known now, would not have crossed the line.</param>
/// <param name="IsUnobserved">A pledged site is unobserved: the liquidation clock stands still.</param>
/// <param name="UnobservedSinceCalled">How long it stood still since the call; the cure period is longer by it.</param>
public sealed record MarginCallInputs(
    LineState Line,
    CoverResult Cover,
    CoverResult? Previous,
    bool IsNoticeDelivered,
    DateTimeOffset DueIfCalledNow,
    bool IsEvidenceRetracted,
    bool IsUnobserved,
    TimeSpan UnobservedSinceCalled,
    DateTimeOffset Now);

/// <summary>opened → called → cured / enforced / withdrawn, one step a decision, as a pure function.</summary>
public static class MarginCallRules
{
    /// <summary>The event that follows, or null when nothing changes. <paramref name="open"/> is the facility's open call, or null.</summary>
    public static MarginCallEvent? Decide(MarginCall? open, MarginCallInputs inputs, CoverLines lines)
    {
        var isBeyond = inputs.Line >= LineState.MarginCall;
        if (open is null || !open.IsOpen)
        {
            return isBeyond
                ? Event(MarginCallState.Opened, MarginCallCodes.LineCrossed, inputs, lines, CoverChange.Between(inputs.Previous, inputs.Cover))
                : null;
        }

        if (!isBeyond)
        {
            return Close(inputs, lines);
        }

        if (open.State == MarginCallState.Opened)
        {
            return inputs.IsNoticeDelivered
                ? Event(MarginCallState.Called, MarginCallCodes.NoticeDelivered, inputs, lines, open.Reasons) with { DueAt = inputs.DueIfCalledNow }
                : null;
        }

        // Never enforced on what nobody could see: an outage stops the clock and lengthens the period.
        var isOver = open.DueAt is { } due && inputs.Now > due + inputs.UnobservedSinceCalled;
        if (!isOver || inputs.IsUnobserved)
        {
            return null;
        }

        var code = inputs.Line == LineState.Liquidation ? MarginCallCodes.LiquidationLine : MarginCallCodes.CurePeriodOver;
        return Event(MarginCallState.Enforced, code, inputs, lines, inputs.Cover.Reasons) with { DueAt = open.DueAt };
    }

    /// <summary>The call after an event; <paramref name="id"/> names a call being opened and is ignored otherwise.</summary>
    public static MarginCall Apply(MarginCall? call, MarginCallEvent happened, string id) => happened.To switch
    {
        MarginCallState.Opened => new MarginCall(id, MarginCallState.Opened, happened.At, null, null, null, happened.Cure, happened.Reasons),
        _ when call is null => throw new InvalidOperationException($"{happened.To} without an open margin call."),
        MarginCallState.Called => call with { State = MarginCallState.Called, CalledAt = happened.At, DueAt = happened.DueAt, Cure = happened.Cure },
        _ => call with { State = happened.To, ClosedAt = happened.At, Cure = happened.Cure },
    };

    private static MarginCallEvent Close(MarginCallInputs inputs, CoverLines lines)
    {
        if (inputs.IsEvidenceRetracted)
        {
            return Event(MarginCallState.Withdrawn, MarginCallCodes.EvidenceRetracted, inputs, lines, []);
        }

        var code = inputs.Cover.Debt.IsPositive ? MarginCallCodes.BelowLine : MarginCallCodes.DebtRepaid;
        return Event(MarginCallState.Cured, code, inputs, lines, []);
    }

    // The target is the warning line: CoverLines.IsValid puts it below margin call − hysteresis, so reaching it does cure.
    private static MarginCallEvent Event(MarginCallState to, string code, MarginCallInputs inputs, CoverLines lines, IReadOnlyList<CoverReason> reasons) =>
        new(to, inputs.Now, code, null, Cure.To(lines.Warning, inputs.Cover.Debt, inputs.Cover.EligibleValue), reasons);
}
