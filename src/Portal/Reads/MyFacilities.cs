using Earmark.Contracts.Lending;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;

namespace Earmark.Portal.Reads;

/// <summary>One facility as its borrower asks about it: what do I owe next, am I safe, what is pledged.</summary>
/// <param name="Next">The nearest instalment over all drawdowns, with its drawdown; null when nothing is due.</param>
public sealed record MyFacility(FacilityView View, (LoanRow Loan, DueRow Due)? Next)
{
    public int Counted => View.Factors.Sum(row => row.Count);

    public int NotCounted => View.Excluded.Sum(row => row.Count);

    /// <summary>safe, close, called or beyond: how the borrower stands, in one code.</summary>
    public string Safety => View.MarginCall is not null || View.LineState == "margin-call" ? "called"
        : View.LineState == "liquidation" ? "beyond"
        : View.LineState == "warning" ? "close"
        : "safe";
}

public sealed class MyFacilities(FacilityReads facilities, ILendingBook book)
{
    /// <summary>Those of a borrower; of anyone else none.</summary>
    public async Task<IReadOnlyList<MyFacility>> OfAsync(Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (!viewer.IsBorrower)
        {
            return [];
        }

        var mine = new List<MyFacility>();
        foreach (var view in (await facilities.AllAsync(viewer, cancel)).Take(PortalLimits.MyFacilities))
        {
            var loans = await book.LoansAsync(view.FacilityId, cancel);
            var due = loans.Where(loan => loan.State != "settled")
                .Select(loan => (Loan: loan, Due: Schedules.Next(loan.Schedule, today)))
                .Where(one => one.Due is not null)
                .OrderBy(one => one.Due!.DueOn)
                .ToArray();
            mine.Add(new MyFacility(view, due.Length == 0 ? null : (due[0].Loan, due[0].Due!)));
        }

        return mine;
    }
}
