using Earmark.Finance;

namespace Earmark.Portal.Api.Schedules;

/// <param name="Rows">In order of their days; an early repayment is a row of its own on its day.</param>
/// <param name="Owed">Only with asOf.</param>
/// <param name="Unapplied">What payments brought beyond all that was owed.</param>
public sealed record SchedulePreview(IReadOnlyList<ScheduleRow> Rows, ScheduleTotals Totals, OwedAnswer? Owed, decimal Unapplied)
{
    public static SchedulePreview Of(Schedule schedule) => Of(new Replayed(schedule.Instalments, null, Money.Zero));

    public static SchedulePreview Of(Replayed played) => new(
        [.. played.Rows.Select(ScheduleRow.Of)],
        ScheduleTotals.Of(played.Rows),
        played.Owed is { } owed ? OwedAnswer.Of(owed) : null,
        played.Unapplied.Yuan);
}

/// <param name="Penalty">What its late payment cost up to asOf, or up to the last payment.</param>
/// <param name="Balance">Principal left at the end of the day, with what is drawn on it.</param>
public sealed record ScheduleRow(DateOnly DueOn, decimal Principal, decimal Interest, decimal Fees, decimal Penalty, decimal Total, decimal Balance)
{
    public static ScheduleRow Of(Instalment row) => new(
        row.DueOn, row.Principal.Yuan, row.Interest.Yuan, row.Fees.Yuan, row.Penalty.Yuan, row.Total.Yuan, row.BalanceAfter.Yuan);
}

public sealed record ScheduleTotals(decimal Principal, decimal Interest, decimal Fees, decimal Penalty, decimal Total)
{
    public static ScheduleTotals Of(IReadOnlyList<Instalment> rows) => new(
        Money.Sum(rows.Select(row => row.Principal)).Yuan,
        Money.Sum(rows.Select(row => row.Interest)).Yuan,
        Money.Sum(rows.Select(row => row.Fees)).Yuan,
        Money.Sum(rows.Select(row => row.Penalty)).Yuan,
        Money.Sum(rows.Select(row => row.Total)).Yuan);

    public static ScheduleTotals Of(Owed owed) => new(owed.Principal.Yuan, owed.Interest.Yuan, owed.Fee.Yuan, owed.Penalty.Yuan, owed.Total.Yuan);
}

/// <summary>What is owed at the end of a day; paying the total then leaves nothing.</summary>
/// <param name="Principal">Drawn and not repaid, due or not.</param>
/// <param name="Interest">Due and unpaid, and run up since.</param>
/// <param name="Due">What of all that is due and unpaid.</param>
/// <param name="DaysPastDue">Since the oldest due day of which something is unpaid.</param>
public sealed record OwedAnswer(
    DateOnly AsOf, decimal Principal, decimal Interest, decimal Fees, decimal Penalty, decimal Total, ScheduleTotals Due, int DaysPastDue)
{
    public static OwedAnswer Of(LoanOwed owed) => new(
        owed.AsOf,
        owed.Principal.Yuan,
        owed.Interest.Yuan,
        owed.Fees.Yuan,
        owed.Penalty.Yuan,
        owed.Total.Yuan,
        ScheduleTotals.Of(owed.Due),
        owed.DaysPastDue);
}
