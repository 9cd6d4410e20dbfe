using Earmark.Portal.Identity;
using Earmark.Storage.Book;

namespace Earmark.Portal.Reads;

/// <summary>Margin calls, loans, pledges, decisions and bookings of facilities a viewer may see.</summary>
public sealed class LendingReads(ILendingBook book, ILedger ledger)
{
    private static readonly string[] LoanAccounts = ["loan-principal", "interest-receivable", "fee-receivable", "penalty-receivable"];

    /// <summary>Newest first. A borrower sees those of its own facilities, roles without lending none.</summary>
    public async Task<IReadOnlyList<MarginCallRow>> MarginCallsAsync(
        Viewer viewer, string? facilityId, bool openOnly, int offset, int count, CancellationToken cancel)
    {
        if (viewer.IsBank)
        {
            return await book.MarginCallsAsync(viewer.InstitutionId, facilityId, openOnly, offset, count, cancel);
        }

        var own = await OwnAsync(viewer, cancel);
        var calls = new List<MarginCallRow>();
        foreach (var facility in own.Where(id => facilityId is null || id == facilityId))
        {
            calls.AddRange(await book.MarginCallsAsync(viewer.InstitutionId, facility, openOnly, 0, offset + count, cancel));
        }

        return calls.OrderByDescending(call => call.OpenedAt).Skip(offset).Take(count).ToArray();
    }

    public Task<IReadOnlyList<LoanRow>> LoansAsync(FacilityRow facility, CancellationToken cancel) => book.LoansAsync(facility.FacilityId, cancel);

    public Task<IReadOnlyList<PledgeRow>> PledgesAsync(FacilityRow facility, CancellationToken cancel) => book.PledgesAsync(facility.FacilityId, cancel);

    public Task<IReadOnlyList<DecisionRow>> DecisionsAsync(FacilityRow facility, int offset, int count, CancellationToken cancel) =>
        book.DecisionsAsync(facility.FacilityId, offset, count, cancel);

    /// <summary>Every booking that touched an account of one of the facility's loans, newest first.</summary>
    public async Task<IReadOnlyList<TransferRow>> TransfersAsync(FacilityRow facility, int offset, int count, CancellationToken cancel)
    {
        var found = new Dictionary<string, TransferRow>(StringComparer.Ordinal);
        foreach (var loan in await book.LoansAsync(facility.FacilityId, cancel))
        {
            foreach (var account in LoanAccounts)
            {
                var name = $"{account}/{loan.LoanId}";
                var rows = await ledger.TransfersAsync(facility.InstitutionId, name, 0, Math.Min(offset + count, PortalLimits.ListMaximum), cancel);
                foreach (var row in rows.Where(row => row.Postings.Any(posting => posting.Account == name)))
                {
                    found[row.TransferId] = row;
                }
            }
        }

        return found.Values.OrderByDescending(row => row.RecordedAt).ThenBy(row => row.TransferId, StringComparer.Ordinal)
            .Skip(offset).Take(count).ToArray();
    }

    private async Task<IReadOnlyList<string>> OwnAsync(Viewer viewer, CancellationToken cancel)
    {
        if (!viewer.IsBorrower)
        {
            return [];
        }

        var rows = await book.FacilitiesAsync(viewer.InstitutionId, cancel);
        return rows.Where(row => viewer.MaySeeFacility(row.InstitutionId, row.BorrowerId)).Select(row => row.FacilityId).ToArray();
    }
}
