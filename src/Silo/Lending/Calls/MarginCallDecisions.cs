using Earmark.Finance;
using Earmark.Silo.Lending.Cover;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Calls;

/// <summary>Where the cover last was clear of every line: what a call's reasons are measured against. Not known after a restart.</summary>
internal sealed record ClearStanding(CoverResult Cover, IReadOnlySet<string> ExcludedIds)
{
    public static ClearStanding Of(CoverStep step) => new(step.Cover, CallEvidence.IdsOf(step.Excluded));
}

/// <summary>The next decision on a facility's margin call with everything that is committed with it; null when nothing is to be decided. Pure.</summary>
internal static class MarginCallDecisions
{
    private const string By = "earmark";

    private static readonly IReadOnlySet<string> NothingExcluded = new HashSet<string>();

    public static LendingDecision? Next(FacilityBook book, CoverStep step, LineState line, ClearStanding? clear, long priceVersion)
    {
        if (!step.IsConclusive)
        {
            return null;
        }

        var open = book.OpenCall;
        var terms = book.Cover;
        var named = open is null ? [] : MarginCallRows.Reasons(open);
        var isRetracted = open is not null
            && CallEvidence.IsRetracted(named, new Money(open.DebtFen), new Money(open.EligibleValueFen), step, terms);
        var now = step.Cover.AsOf;
        var due = BusinessDays.EndOfNth(now, book.Terms.CureBusinessDays);
        var inputs = new MarginCallInputs(
            line, step.Cover, clear?.Cover, IsNoticeDelivered: false, due, isRetracted, step.UnobservedSince is not null, TimeSpan.Zero, now);
        var kept = DecisionInputs.Of(null, step, priceVersion);
        return MarginCallRules.Decide(MarginCallRows.Rules(open, terms.Lines.Warning), inputs, terms.Lines) switch
        {
            { To: MarginCallState.Opened } opened => Open(book, step, opened, clear, kept),
            { To: MarginCallState.Cured or MarginCallState.Withdrawn } closed => Close(book, open!, closed, kept),
            _ => open is not null && clear is not null ? AddEvidence(book, open, CallEvidence.SinceOpening(named, step, clear.ExcludedIds), kept) : null,
        };
    }

    private static LendingDecision Open(FacilityBook book, CoverStep step, MarginCallEvent opened, ClearStanding? clear, DecisionInputs inputs)
    {
        var reasons = CallEvidence.OfOpening(opened.Reasons, step, clear?.ExcludedIds ?? NothingExcluded);
        var row = MarginCallRows.Open(book, step, opened, reasons);
        return Decision(book, row, "opened", opened.Code, inputs) with { Outbox = [CallEvents.Row(CallEvents.Opened, row, book, inputs.AsOf)] };
    }

    private static LendingDecision Close(FacilityBook book, MarginCallRow open, MarginCallEvent closed, DecisionInputs inputs)
    {
        var row = open with { State = MarginCallRows.StateName(closed.To), EndedAt = closed.At };
        var kind = closed.To == MarginCallState.Cured ? CallEvents.Cured : CallEvents.Withdrawn;
        return Decision(book, row, row.State, closed.Code, inputs) with { Outbox = [CallEvents.Row(kind, row, book, inputs.AsOf)] };
    }

    private static LendingDecision? AddEvidence(FacilityBook book, MarginCallRow open, List<CallReason> added, DecisionInputs inputs)
    {
        if (added.Count == 0)
        {
            return null;
        }

        var row = open with { Reasons = MarginCallRows.Write(MarginCallRows.Reasons(open).Concat(added)) };
        return Decision(book, row, $"evidence-{book.Row.Version + 1}", "evidence-added", inputs);
    }

    private static LendingDecision Decision(FacilityBook book, MarginCallRow row, string what, string code, DecisionInputs inputs) =>
        Decisions.Of(book, $"margin-call/{row.MarginCallId}/{what}", "margin-call", accepted: true, inputs, new { row.MarginCallId, row.State, code }, By)
            with { MarginCall = row };
}
