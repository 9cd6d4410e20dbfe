using Earmark.Finance;
using Earmark.Silo.Lending.Loans;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending;

/// <summary>A facility as the Book has it at one version: the only truth its grain decides on.</summary>
internal sealed class FacilityBook
{
    public FacilityBook(FacilityState state)
    {
        Row = state.Facility;
        Terms = FacilityTerms.Read(Row.Terms);
        Bound = BoundProduct.Of(Row.Terms);
        Cover = Terms.Cover(Bound?.Product);
        Sites = state.Sites;
        OpenCall = state.OpenMarginCall;
        Balances = state.BalancesFen;
        Loans = [.. state.Loans.Select(loan => new LoanStanding(loan, Owed(loan.LoanId)))];
        PledgedSites = Sites.Select(site => site.SiteId).ToHashSet(StringComparer.Ordinal);
        Principal = Money.Sum(Loans.Select(loan => loan.Owed.Principal));
        Interest = Money.Sum(Loans.Select(loan => loan.Owed.Interest));
        Debt = Money.Sum(Loans.Select(loan => loan.Owed.Total));
    }

    public FacilityRow Row { get; }

    public FacilityTerms Terms { get; }

    /// <summary>The product version it was opened with; null for terms of its own.</summary>
    public BoundProduct? Bound { get; }

    public LoanRules Rules => Bound?.Product.Loan ?? LoanRules.Default;

    /// <summary>What the limit is measured by: what is outstanding, or, where the line does not revolve, all that was ever drawn.</summary>
    public Money CountedForLimit => Bound is { Product.IsRevolving: false } ? new Money(Loans.Sum(loan => loan.Row.PrincipalFen)) : Principal;

    public CoverTerms Cover { get; }

    public IReadOnlyList<PledgedSite> Sites { get; }

    public IReadOnlySet<string> PledgedSites { get; }

    public IReadOnlyList<LoanStanding> Loans { get; }

    public MarginCallRow? OpenCall { get; }

    public IReadOnlyDictionary<string, long> Balances { get; }

    public Money Principal { get; }

    public Money Interest { get; }

    /// <summary>Booked principal, accrued interest, fees and penalties due.</summary>
    public Money Debt { get; }

    private Owed Owed(string loanId) => new(
        LedgerAccounts.Balance(Balances, AccountKind.PenaltyReceivable, loanId),
        LedgerAccounts.Balance(Balances, AccountKind.FeeReceivable, loanId),
        LedgerAccounts.Balance(Balances, AccountKind.InterestReceivable, loanId),
        LedgerAccounts.Balance(Balances, AccountKind.LoanPrincipal, loanId));
}

internal sealed record LoanStanding(LoanRow Row, Owed Owed);
