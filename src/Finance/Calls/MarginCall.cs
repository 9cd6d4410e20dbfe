namespace Earmark.Finance;

public enum MarginCallState
{
    Opened,
    Called,
    Cured,
    Enforced,
    Withdrawn,
}

/// <summary>补仓通知: a shortfall as a record with a life. At most one of a facility is open.</summary>
/// <param name="DueAt">End of the cure period; known once called.</param>
/// <param name="Reasons">What moved the value or the debt over the line when it opened.</param>
public sealed record MarginCall(
    string Id,
    MarginCallState State,
    DateTimeOffset OpenedAt,
    DateTimeOffset? CalledAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? ClosedAt,
    Cure Cure,
    IReadOnlyList<CoverReason> Reasons)
{
    public bool IsOpen => State is MarginCallState.Opened or MarginCallState.Called;
}

/// <summary>What happened to a margin call, and why (a code of <see cref="MarginCallCodes"/>).</summary>
public sealed record MarginCallEvent(
    MarginCallState To,
    DateTimeOffset At,
    string Code,
    DateTimeOffset? DueAt,
    Cure Cure,
    IReadOnlyList<CoverReason> Reasons);

public static class MarginCallCodes
{
    public const string LineCrossed = "line-crossed";
    public const string NoticeDelivered = "notice-delivered";
    public const string BelowLine = "below-line";
    public const string DebtRepaid = "debt-repaid";
    public const string EvidenceRetracted = "evidence-retracted";
    public const string CurePeriodOver = "cure-period-over";
    public const string LiquidationLine = "liquidation-line";
}
