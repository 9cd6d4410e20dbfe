using Earmark.Contracts.Time;
using Earmark.Finance;
using Earmark.Portal.Layout;
using Earmark.Storage.Book;

namespace Earmark.Portal.Reads;

/// <summary>What is owed on a loan, what of it is late, and its class among all its borrower owes here.</summary>
public sealed record LoanStanding(string LoanId, Owed Owed, Arrears Arrears, RiskClass RiskClass);

/// <summary>Loans as the Book has them today. Nothing is stored: the same Book on the same day gives the same answer.</summary>
public sealed class LoanStandings(ILendingBook book, ILedger ledger, DomainClock clock)
{
    private const string Receivable = "interest-receivable";

    /// <summary>Of every loan of the facility's borrower in the institution, by loan; a debtor's classes depend on each other.</summary>
    public async Task<IReadOnlyDictionary<string, LoanStanding>> OfBorrowerAsync(FacilityRow facility, CancellationToken cancel)
    {
        var today = Show.Today(clock.GetUtcNow());
        var found = new List<LoanStanding>();
        var facilities = await book.FacilitiesAsync(facility.InstitutionId, cancel);
        foreach (var own in facilities.Where(row => row.BorrowerId == facility.BorrowerId).Take(PortalLimits.ListMaximum))
        {
            if (await book.FacilityAsync(own.FacilityId, cancel) is { } state)
            {
                foreach (var loan in state.Loans)
                {
                    var paid = await ledger.CreditedFenAsync(own.InstitutionId, $"{Receivable}/{loan.LoanId}", cancel);
                    found.Add(Of(loan, state, new Money(paid), today));
                }
            }
        }

        var classes = Classification.OfDebtor([.. found.Select(one => new Exposure(one.Owed.Total, one.Arrears.DaysPastDue))]);
        return found.Zip(classes).ToDictionary(pair => pair.First.LoanId, pair => pair.First with { RiskClass = pair.Second }, StringComparer.Ordinal);
    }

    private static LoanStanding Of(LoanRow loan, FacilityState state, Money paidInterest, DateOnly today)
    {
        var owed = new Owed(Balance("penalty-receivable"), Balance("fee-receivable"), Balance(Receivable), Balance("loan-principal"));
        var rows = Schedules.Read(loan.Schedule);
        var arrears = Arrears.Of(
            [.. rows.Select(row => (row.DueOn, new Money(row.PrincipalFen), new Money(row.InterestFen)))],
            new Money(loan.PrincipalFen) - owed.Principal,
            paidInterest,
            owed.Interest,
            Running(loan, owed.Principal, BoundProduct.RulesOf(state.Facility.Terms), rows.LastOrDefault(row => row.DueOn < today)?.DueOn),
            today);
        return new LoanStanding(loan.LoanId, owed, arrears, Classification.OfDays(arrears.DaysPastDue));

        Money Balance(string kind) => new(state.BalancesFen.GetValueOrDefault($"{kind}/{loan.LoanId}"));
    }

    // Booked since the last due day, by the rule that booked it.
    private static Money Running(LoanRow loan, Money principal, LoanRules rules, DateOnly? lastDueOn)
    {
        var end = loan.AccruedThrough.AddDays(1);
        var basis = rules.Method == RepaymentMethod.Flat ? new Money(loan.PrincipalFen) : principal;
        return lastDueOn is { } from && from < end
            ? InterestAccrual.Accrue(basis, new Fraction(loan.AnnualRatePpm), rules.DayCount, from, end, default).Booked
            : Money.Zero;
    }
}
