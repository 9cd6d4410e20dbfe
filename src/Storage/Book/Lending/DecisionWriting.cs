namespace Earmark.Storage.Book;

/// <summary>
/// One decision, one transaction. The facility's version is raised first: its row is then locked until the end, so two
/// decisions on a facility can't interleave on any database. What facilities share (assets, accounts) is taken in order of its
/// name, so that two of them don't wait for each other. Releases come before pledges, so that a substitution may name the
/// same asset in both.
/// </summary>
internal static class DecisionWriting
{
    public static async Task<CommitResult> CommitAsync(BookDatabase book, LendingDecision decision, CancellationToken cancel)
    {
        try
        {
            return await book.WriteAsync(session => WriteAsync(session, decision), cancel);
        }
        catch (UndoneException undone)
        {
            return undone.Result;
        }
    }

    private static async Task<CommitResult> WriteAsync(BookSession session, LendingDecision decision)
    {
        if (await Stands(session, decision))
        {
            return CommitResult.AlreadyCommitted;
        }

        var facility = await session.FirstAsync(
            $"UPDATE facility SET version = version + 1 WHERE facility_id = @facility AND version = @expected RETURNING {LendingRows.Facility}",
            LendingRows.ReadFacility,
            ("@facility", decision.FacilityId),
            ("@expected", decision.ExpectedVersion));
        if (facility is null)
        {
            // Waiting for the facility's row, the same decision may have been committed by another silo.
            return await Stands(session, decision) ? CommitResult.AlreadyCommitted : CommitResult.VersionConflict;
        }

        await Decision(session, decision, facility);
        await Release(session, decision);
        await Pledge(session, decision, facility);
        await MarginCall(session, decision);
        foreach (var loan in decision.Loans)
        {
            await Loan(session, loan, facility);
        }

        await TransferPosting.PostAllAsync(session, decision.Transfers);
        foreach (var row in decision.Outbox)
        {
            await Outbox.AddAsync(session, row);
        }

        return CommitResult.Committed;
    }

    private static async Task<bool> Stands(BookSession session, LendingDecision decision) =>
        await session.NumberAsync("SELECT 1 FROM decision WHERE decision_id = @decision", ("@decision", decision.DecisionId)) is not null;

    private static Task<int> Decision(BookSession session, LendingDecision decision, FacilityRow facility) => session.ExecuteAsync(
        """
        INSERT INTO decision (decision_id, facility_id, institution_id, version, kind, outcome, inputs, answer, made_by, at)
        VALUES (@decision, @facility, @institution, @version, @kind, @outcome, @inputs, @answer, @by, @at)
        """,
        ("@decision", decision.DecisionId),
        ("@facility", facility.FacilityId),
        ("@institution", facility.InstitutionId),
        ("@version", facility.Version),
        ("@kind", decision.Kind),
        ("@outcome", decision.Outcome),
        ("@inputs", decision.Inputs),
        ("@answer", decision.Answer),
        ("@by", decision.By),
        ("@at", decision.At));

    private static async Task Release(BookSession session, LendingDecision decision)
    {
        foreach (var assetId in decision.ReleasedAssetIds.Order(StringComparer.Ordinal))
        {
            await session.ExecuteAsync(
                "UPDATE pledge SET released_at = @at WHERE asset_id = @asset AND facility_id = @facility AND released_at IS NULL",
                ("@at", decision.At),
                ("@asset", assetId),
                ("@facility", decision.FacilityId));
        }
    }

    private static async Task Pledge(BookSession session, LendingDecision decision, FacilityRow facility)
    {
        foreach (var pledge in decision.NewPledges.OrderBy(pledge => pledge.AssetId, StringComparer.Ordinal))
        {
            var inserted = await session.ExecuteAsync(
                $"""
                INSERT INTO pledge (institution_id, {LendingRows.Pledge}) VALUES (@institution, @asset, @facility, @site, @number, @at, NULL)
                ON CONFLICT (asset_id) WHERE released_at IS NULL DO NOTHING
                """,
                ("@institution", facility.InstitutionId),
                ("@asset", pledge.AssetId),
                ("@facility", facility.FacilityId),
                ("@site", pledge.SiteId),
                ("@number", pledge.RegistrationNumber),
                ("@at", pledge.PledgedAt));
            if (inserted == 0)
            {
                throw new UndoneException(CommitResult.AssetPledged);
            }
        }
    }

    private static async Task MarginCall(BookSession session, LendingDecision decision)
    {
        if (decision.MarginCall is not { } call)
        {
            return;
        }

        var other = await session.NumberAsync(
            "SELECT 1 FROM margin_call WHERE facility_id = @facility AND ended_at IS NULL AND margin_call_id <> @call",
            ("@facility", decision.FacilityId),
            ("@call", call.MarginCallId));
        if (other is not null && call.EndedAt is null)
        {
            throw new UndoneException(CommitResult.MarginCallOpen);
        }

        await session.ExecuteAsync(
            $"""
            INSERT INTO margin_call ({LendingRows.MarginCall})
            SELECT @call, facility_id, institution_id, @state, @opened, @ended, @debt, @value, @ltv, @shortfall, @cure, @reasons
            FROM facility WHERE facility_id = @facility
            ON CONFLICT (margin_call_id) DO UPDATE SET state = excluded.state, ended_at = excluded.ended_at, debt_fen = excluded.debt_fen,
                eligible_value_fen = excluded.eligible_value_fen, ltv_ppm = excluded.ltv_ppm, shortfall_fen = excluded.shortfall_fen,
                cure_by = excluded.cure_by, reasons = excluded.reasons
            """,
            ("@call", call.MarginCallId),
            ("@facility", decision.FacilityId),
            ("@state", call.State),
            ("@opened", call.OpenedAt),
            ("@ended", call.EndedAt),
            ("@debt", call.DebtFen),
            ("@value", call.EligibleValueFen),
            ("@ltv", call.LtvPpm),
            ("@shortfall", call.ShortfallFen),
            ("@cure", call.CureBy),
            ("@reasons", call.Reasons));
    }

    // Principal, day drawn and payee of a loan never change.
    private static Task<int> Loan(BookSession session, LoanRow loan, FacilityRow facility) => session.ExecuteAsync(
        $"""
        INSERT INTO loan (institution_id, {LendingRows.Loan})
        VALUES (@institution, @loan, @facility, @principal, @rate, @drawn, @payee, @schedule, @through, @remainder, @state)
        ON CONFLICT (loan_id) DO UPDATE SET annual_rate_ppm = excluded.annual_rate_ppm, schedule = excluded.schedule,
            accrued_through = excluded.accrued_through, accrued_remainder = excluded.accrued_remainder, state = excluded.state
        WHERE loan.facility_id = excluded.facility_id
        """,
        ("@institution", facility.InstitutionId),
        ("@loan", loan.LoanId),
        ("@facility", facility.FacilityId),
        ("@principal", loan.PrincipalFen),
        ("@rate", loan.AnnualRatePpm),
        ("@drawn", loan.DrawnOn),
        ("@payee", loan.Payee),
        ("@schedule", loan.Schedule),
        ("@through", loan.AccruedThrough),
        ("@remainder", loan.AccruedRemainder),
        ("@state", loan.State));

    /// <summary>Throwing is what rolls the transaction back; caught where it began.</summary>
#pragma warning disable CA1032, CA1064
    private sealed class UndoneException(CommitResult result) : Exception
    {
        public CommitResult Result => result;
    }
#pragma warning restore CA1032, CA1064
}
