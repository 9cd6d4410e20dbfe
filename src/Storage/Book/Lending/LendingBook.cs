namespace Earmark.Storage.Book;

/// <summary>Facilities and what hangs on them. Reads here; the one way to write a decision is <see cref="DecisionWriting"/>.</summary>
public sealed class LendingBook(BookDatabase book) : ILendingBook
{
    /// <summary>False when a facility of that id exists.</summary>
    public Task<bool> AddFacilityAsync(FacilityRow facility, CancellationToken cancel) => book.WriteAsync(
        async session => await session.ExecuteAsync(
            $"""
            INSERT INTO facility ({LendingRows.Facility})
            VALUES (@facility, @institution, @borrower, @name, @product, @limit, @rate, @terms, @version, @at) ON CONFLICT DO NOTHING
            """,
            ("@facility", facility.FacilityId),
            ("@institution", facility.InstitutionId),
            ("@borrower", facility.BorrowerId),
            ("@name", facility.BorrowerName),
            ("@product", facility.Product),
            ("@limit", facility.LimitFen),
            ("@rate", facility.AnnualRatePpm),
            ("@terms", facility.Terms),
            ("@version", facility.Version),
            ("@at", facility.OpenedAt)) > 0,
        cancel);

    public Task<FacilityState?> FacilityAsync(string facilityId, CancellationToken cancel) => book.ReadAsync(
        async session =>
        {
            var facility = await session.FirstAsync(
                $"SELECT {LendingRows.Facility} FROM facility WHERE facility_id = @facility", LendingRows.ReadFacility, ("@facility", facilityId));
            return facility is null
                ? null
                : new FacilityState(
                    facility,
                    await Sites(session, facilityId),
                    await Loans(session, facilityId),
                    await session.FirstAsync(
                        $"SELECT {LendingRows.MarginCall} FROM margin_call WHERE facility_id = @facility AND ended_at IS NULL",
                        LendingRows.ReadMarginCall,
                        ("@facility", facilityId)),
                    await Balances(session, facility));
        },
        cancel);

    public Task<IReadOnlyList<FacilityRow>> FacilitiesAsync(string? institutionId, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<FacilityRow>>(
        async session => institutionId is null
            ? await session.QueryAsync($"SELECT {LendingRows.Facility} FROM facility ORDER BY facility_id", LendingRows.ReadFacility)
            : await session.QueryAsync(
                $"SELECT {LendingRows.Facility} FROM facility WHERE institution_id = @institution ORDER BY facility_id",
                LendingRows.ReadFacility,
                ("@institution", institutionId)),
        cancel);

    public Task<CommitResult> CommitAsync(LendingDecision decision, CancellationToken cancel) => DecisionWriting.CommitAsync(book, decision, cancel);

    /// <summary>Active and released ones, in order of asset.</summary>
    public Task<IReadOnlyList<PledgeRow>> PledgesAsync(string facilityId, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<PledgeRow>>(
        async session => await session.QueryAsync(
            $"SELECT {LendingRows.Pledge} FROM pledge WHERE facility_id = @facility ORDER BY asset_id, pledge_id",
            LendingRows.ReadPledge,
            ("@facility", facilityId)),
        cancel);

    public Task<IReadOnlyList<PledgeRow>> ActivePledgesAsync(string facilityId, string siteId, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<PledgeRow>>(
        async session => await session.QueryAsync(
            $"SELECT {LendingRows.Pledge} FROM pledge WHERE facility_id = @facility AND site_id = @site AND released_at IS NULL ORDER BY asset_id",
            LendingRows.ReadPledge,
            ("@facility", facilityId),
            ("@site", siteId)),
        cancel);

    public Task<PledgeRow?> ActivePledgeAsync(string assetId, CancellationToken cancel) => book.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {LendingRows.Pledge} FROM pledge WHERE asset_id = @asset AND released_at IS NULL", LendingRows.ReadPledge, ("@asset", assetId)),
        cancel);

    public Task<IReadOnlyList<LoanRow>> LoansAsync(string facilityId, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<LoanRow>>(
        async session => await Loans(session, facilityId), cancel);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<MarginCallRow>> MarginCallsAsync(
        string institutionId, string? facilityId, bool openOnly, int offset, int count, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<MarginCallRow>>(
        async session =>
        {
            List<(string, object?)> parameters =
                [("@institution", institutionId), ("@count", BookLimits.Page(count)), ("@offset", BookLimits.Offset(offset))];
            if (facilityId is not null)
            {
                parameters.Add(("@facility", facilityId));
            }

            return await session.QueryAsync(
                $"""
                SELECT {LendingRows.MarginCall} FROM margin_call WHERE institution_id = @institution
                {(facilityId is null ? "" : "AND facility_id = @facility")} {(openOnly ? "AND ended_at IS NULL" : "")}
                ORDER BY opened_at DESC, margin_call_id LIMIT @count OFFSET @offset
                """,
                LendingRows.ReadMarginCall,
                [.. parameters]);
        },
        cancel);

    public Task<DecisionRow?> DecisionAsync(string decisionId, CancellationToken cancel) => book.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {LendingRows.Decision} FROM decision WHERE decision_id = @decision", LendingRows.ReadDecision, ("@decision", decisionId)),
        cancel);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<DecisionRow>> DecisionsAsync(string facilityId, int offset, int count, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<DecisionRow>>(
        async session => await session.QueryAsync(
            $"SELECT {LendingRows.Decision} FROM decision WHERE facility_id = @facility ORDER BY version DESC LIMIT @count OFFSET @offset",
            LendingRows.ReadDecision,
            ("@facility", facilityId),
            ("@count", BookLimits.Page(count)),
            ("@offset", BookLimits.Offset(offset))),
        cancel);

    private static async Task<IReadOnlyList<PledgedSite>> Sites(BookSession session, string facilityId) => await session.QueryAsync(
        "SELECT site_id, count(*), max(pledged_at) FROM pledge WHERE facility_id = @facility AND released_at IS NULL GROUP BY site_id ORDER BY site_id",
        row => new PledgedSite(row.Text(0), row.Int(1), row.Time(2)),
        ("@facility", facilityId));

    private static async Task<IReadOnlyList<LoanRow>> Loans(BookSession session, string facilityId) => await session.QueryAsync(
        $"SELECT {LendingRows.Loan} FROM loan WHERE facility_id = @facility ORDER BY loan_id", LendingRows.ReadLoan, ("@facility", facilityId));

    /// <summary>Accounts whose owner is the facility or one of its loans.</summary>
    private static async Task<IReadOnlyDictionary<string, long>> Balances(BookSession session, FacilityRow facility)
    {
        var balances = await session.QueryAsync(
            """
            SELECT account, balance_fen FROM account_balance WHERE institution_id = @institution
            AND (owner = @facility OR owner IN (SELECT loan_id FROM loan WHERE facility_id = @facility))
            """,
            row => new AccountBalance(row.Text(0), row.Number(1)),
            ("@institution", facility.InstitutionId),
            ("@facility", facility.FacilityId));
        return balances.ToDictionary(balance => balance.Account, balance => balance.BalanceFen, StringComparer.Ordinal);
    }
}
