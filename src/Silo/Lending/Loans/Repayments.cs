using Earmark.Contracts.Lending;
using Earmark.Finance;
using Earmark.Silo.Lending.Cover;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Loans;

/// <summary>A payment on a loan: penalty, fee, interest, principal in that order; what is left over is owed back to the borrower.</summary>
internal static class Repayments
{
    public static (LendingDecision Decision, MoneyReceipt Receipt) Decide(
        FacilityBook book, CoverStep step, long priceVersion, RepaymentOrder order, string decisionId)
    {
        var inputs = DecisionInputs.Of(Decisions.OrderJson(order), step, priceVersion);
        var loan = book.Loans.FirstOrDefault(loan => loan.Row.LoanId == order.LoanId);
        var wrong = loan is null ? "unknown-loan" : order.AmountFen <= 0 ? "amount-not-positive" : order.AmountFen > long.MaxValue / 4 ? "amount-too-large" : null;
        if (loan is null || wrong is not null)
        {
            var refusal = new MoneyReceipt(false, wrong, wrong, order.LoanId, null);
            return (Decisions.Of(book, decisionId, "repay", accepted: false, inputs, refusal, order.By), refusal);
        }

        var now = step.Cover.AsOf;
        var allocation = Allocation.Of(new Money(order.AmountFen), loan.Owed, book.Rules.Allocation);
        var transfer = LoanTransfers.Repay(decisionId, loan.Row.LoanId, book.Row.FacilityId, allocation, BusinessDays.DateOf(now));
        var isSettled = allocation.Paid.Total == loan.Owed.Total;
        var receipt = new MoneyReceipt(true, null, null, loan.Row.LoanId, transfer.Id);
        var decision = Decisions.Of(book, decisionId, "repay", accepted: true, inputs, receipt, order.By) with
        {
            Transfers = [LedgerAccounts.Row(transfer, book.Row.InstitutionId, now, order.By)],
            Loans = [loan.Row with { State = isSettled ? Draws.Settled : loan.Row.State }],
        };
        return (decision, receipt);
    }
}
