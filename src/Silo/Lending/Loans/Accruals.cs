using Earmark.Finance;
using Earmark.Silo.Lending.Cover;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Loans;

/// <summary>Daily interest by the product's day count, on all that was lent where it is flat, booked when a business date is over: one transfer a loan and day, the rest of a 分 carried exactly.</summary>
internal static class Accruals
{
    /// <summary>Days booked in one decision; after a longer stop the following ticks book the rest.</summary>
    public const int MaximumDays = 400;

    /// <summary>Null when every loan is booked up to yesterday.</summary>
    public static LendingDecision? Decide(FacilityBook book, CoverStep step, long priceVersion)
    {
        var today = BusinessDays.DateOf(step.Cover.AsOf);
        var transfers = new List<TransferRow>();
        var loans = new List<LoanRow>();
        foreach (var (loan, owed) in book.Loans.Where(loan => loan.Owed.Principal.IsPositive).Select(loan => (loan.Row, loan.Owed)))
        {
            var accrued = loan;
            var basis = book.Rules.Method == RepaymentMethod.Flat ? new Money(loan.PrincipalFen) : owed.Principal;
            for (var day = loan.AccruedThrough.AddDays(1); day < today && day.DayNumber - loan.AccruedThrough.DayNumber <= MaximumDays; day = day.AddDays(1))
            {
                var oneDay = InterestAccrual.Accrue(
                    basis, new Fraction(loan.AnnualRatePpm), book.Rules.DayCount, day, day.AddDays(1), new AccrualCarry(accrued.AccruedRemainder));
                accrued = accrued with { AccruedThrough = day, AccruedRemainder = oneDay.Carry.Units };
                if (oneDay.Booked.IsPositive)
                {
                    var transfer = LoanTransfers.AccrueInterest($"accrual/{loan.LoanId}/{BusinessDays.Text(day)}", loan.LoanId, book.Row.InstitutionId, oneDay.Booked, day);
                    transfers.Add(LedgerAccounts.Row(transfer, book.Row.InstitutionId, step.Cover.AsOf, "earmark"));
                }
            }

            if (accrued != loan)
            {
                loans.Add(accrued);
            }
        }

        return loans.Count == 0 ? null : Decisions.Of(
            book,
            $"accrual/{book.Row.FacilityId}/{BusinessDays.Text(today)}/{book.Row.Version}",
            "accrual",
            accepted: true,
            DecisionInputs.Of(null, step, priceVersion),
            new { loans = loans.Select(loan => loan.LoanId), through = today.AddDays(-1) },
            "earmark") with { Transfers = transfers, Loans = loans };
    }
}
