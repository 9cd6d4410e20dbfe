using System.Text.Json;
using Earmark.Contracts.Lending;
using Earmark.Finance;
using Earmark.Silo.Lending.Cover;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Loans;

/// <summary>支用: a draw is decided on the cover as it stands at that moment; granted, the money, the loan and its plan are one commit.</summary>
internal static class Draws
{
    public const int MaximumPayee = 100;
    public const string Active = "active";
    public const string Settled = "settled";

    public static (LendingDecision Decision, MoneyReceipt Receipt) Decide(
        FacilityBook book, CoverStep step, LineState line, long priceVersion, DrawOrder order, string decisionId)
    {
        var now = step.Cover.AsOf;
        var amount = new Money(order.AmountFen);
        var drawn = DrawRules.Decide(amount, step.Standing(line, book.OpenCall is not null), book.Cover, new Money(book.Row.LimitFen), book.CountedForLimit, now);
        var today = BusinessDays.DateOf(now);
        var terms = book.Rules.Terms(amount, new Fraction(book.Row.AnnualRatePpm), order.Instalments, today, order.FirstDueOn);
        List<string> reasons = [.. drawn.Refusals.Select(refusal => refusal.Code()), .. WhyNot(order, book.Rules, terms, today)];
        var inputs = DecisionInputs.Of(Decisions.OrderJson(order), step, priceVersion);
        if (reasons.Count > 0)
        {
            var refusal = new MoneyReceipt(false, reasons[0], string.Join(", ", reasons), null, null);
            return (Decisions.Of(book, decisionId, "draw", accepted: false, inputs, refusal, order.By), refusal);
        }

        var loanId = $"{book.Row.FacilityId}-loan-{book.Loans.Count + 1}";
        var transfer = LoanTransfers.Draw(decisionId, loanId, order.Payee, amount, today);
        var loan = new LoanRow(
            loanId,
            book.Row.FacilityId,
            order.AmountFen,
            book.Row.AnnualRatePpm,
            today,
            order.Payee,
            Plan(Schedules.Compute(terms)),
            AccruedThrough: today.AddDays(-1),
            AccruedRemainder: 0,
            Active);
        var receipt = new MoneyReceipt(true, null, null, loanId, transfer.Id);
        var decision = Decisions.Of(book, decisionId, "draw", accepted: true, inputs, receipt, order.By) with
        {
            Transfers = [LedgerAccounts.Row(transfer, book.Row.InstitutionId, now, order.By)],
            Loans = [loan],
        };
        return (decision, receipt);
    }

    private static IEnumerable<string> WhyNot(DrawOrder order, LoanRules rules, ScheduleTerms terms, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(order.Payee) || order.Payee.Length > MaximumPayee)
        {
            yield return "bad-payee";
        }

        if (order.FirstDueOn <= today)
        {
            yield return "first-due-not-ahead";
        }

        else if (terms.Principal.IsPositive && DrawPlan.Refuse(terms, rules) is { } refusal)
        {
            yield return refusal;
        }
    }

    private static string Plan(Schedule schedule) => JsonSerializer.Serialize(
        schedule.Instalments.Select(one => new PlannedInstalment(one.Number, one.DueOn, one.Principal.Fen, one.Interest.Fen, one.BalanceAfter.Fen)),
        JsonSerializerOptions.Web);
}

/// <summary>One row of a loan's plan as its row keeps it; money in 分.</summary>
internal sealed record PlannedInstalment(int Number, DateOnly DueOn, long PrincipalFen, long InterestFen, long BalanceAfterFen);
