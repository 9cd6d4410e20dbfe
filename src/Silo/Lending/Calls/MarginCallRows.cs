using System.Text.Json;
using Earmark.Contracts.Lending;
using Earmark.Finance;
using Earmark.Silo.Lending.Cover;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Calls;

/// <summary>A reason as the Book keeps it with a call: what the contract shows, and what is needed to judge later whether it was retracted.</summary>
/// <param name="LostFen">Worth of what it took away, before haircut, when it was named.</param>
/// <param name="CountedThen">Assets of its class and grade that counted when it was named.</param>
/// <param name="AtOpening">False for evidence that came while the call was open.</param>
internal sealed record CallReason(
    string Reason,
    int Count,
    string[] AssetIds,
    string Detail,
    string PriceClass,
    string Grade,
    long LostFen,
    int CountedThen,
    bool AtOpening);

/// <summary>Margin calls between the Book's rows, the rules' records and the contract's views.</summary>
internal static class MarginCallRows
{
    public static IReadOnlyList<CallReason> Reasons(MarginCallRow row) =>
        JsonSerializer.Deserialize<CallReason[]>(row.Reasons, JsonSerializerOptions.Web) ?? [];

    public static string Write(IEnumerable<CallReason> reasons) => JsonSerializer.Serialize(reasons, JsonSerializerOptions.Web);

    public static MarginCallView View(MarginCallRow row) => new(
        row.MarginCallId,
        row.FacilityId,
        row.State,
        row.OpenedAt,
        row.EndedAt,
        row.DebtFen,
        row.EligibleValueFen,
        row.LtvPpm,
        row.ShortfallFen,
        row.CureBy,
        [.. Merge(Reasons(row))]);

    /// <summary>One line a reason, whatever classes it touches and whenever it was named.</summary>
    public static IEnumerable<MarginCallReason> Merge(IEnumerable<CallReason> reasons) =>
        reasons.GroupBy(reason => reason.Reason, StringComparer.Ordinal).Select(group => new MarginCallReason(
            group.Key,
            group.Sum(reason => reason.Count),
            [.. group.SelectMany(reason => reason.AssetIds).Distinct(StringComparer.Ordinal)],
            string.Join("; ", group.Select(reason => reason.Detail))));

    /// <summary>The open call as the rules want it; null when none is open.</summary>
    public static MarginCall? Rules(MarginCallRow? row, Fraction target) => row is null ? null : new MarginCall(
        row.MarginCallId,
        row.State == "called" ? MarginCallState.Called : MarginCallState.Opened,
        row.OpenedAt,
        null,
        row.CureBy,
        row.EndedAt,
        Cure.To(target, new Money(row.DebtFen), new Money(row.EligibleValueFen)),
        []);

    public static string StateName(MarginCallState state) => state switch
    {
        MarginCallState.Opened => "opened",
        MarginCallState.Called => "called",
        MarginCallState.Cured => "cured",
        MarginCallState.Enforced => "enforced",
        MarginCallState.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>A call that opens now.</summary>
    public static MarginCallRow Open(FacilityBook book, CoverStep step, MarginCallEvent opened, IEnumerable<CallReason> reasons) => new(
        $"{book.Row.FacilityId}-call-{book.Row.Version + 1}",
        book.Row.FacilityId,
        book.Row.InstitutionId,
        StateName(MarginCallState.Opened),
        opened.At,
        null,
        step.Cover.Debt.Fen,
        step.Cover.EligibleValue.Fen,
        FacilityViews.LtvPpm(step.Cover.Ltv),
        opened.Cure.Payment.Fen,
        BusinessDays.EndOfNth(opened.At, book.Terms.CureBusinessDays),
        Write(reasons));
}
