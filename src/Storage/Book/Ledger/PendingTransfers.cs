namespace Earmark.Storage.Book;

public sealed class PendingTransfers(BookDatabase book) : IPendingTransfers
{
    public const int ExpiredAtOnce = 500;

    private const string PostedOutcome = "posted";
    private const string VoidedOutcome = "voided";
    private const string ExpiredOutcome = "expired";
    private const string Clock = "earmark";

    public Task<PostResult> ReserveAsync(TransferRow pending, DateTimeOffset expiresAt, CancellationToken cancel)
    {
        TransferPosting.Check(pending);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(expiresAt, pending.RecordedAt);
        var hash = TransferPosting.BodyHash(pending);
        return book.WriteAsync(
            async session =>
            {
                var stands = await session.FirstAsync("SELECT body_hash FROM pending WHERE pending_id = @id", row => row.Bytes(0), ("@id", pending.TransferId));
                if (stands is not null)
                {
                    return stands.AsSpan().SequenceEqual(hash)
                        ? PostResult.AlreadyPosted
                        : throw new RepeatedIdException($"Pending transfer {pending.TransferId} stands with another body.");
                }

                await Insert(session, pending, expiresAt, hash);
                return PostResult.Posted;
            },
            cancel);
    }

    public Task<PendingOutcome> PostAsync(string pendingId, string transferId, long? amountFen, string by, DateTimeOffset now, CancellationToken cancel) =>
        BalanceBoundException.Naming(
            book.WriteAsync(
                async session =>
                {
                    if (await Find(session, pendingId) is not { } pending)
                    {
                        return await Ended(session, pendingId, PostedOutcome, transferId) ?? PendingOutcome.Unknown;
                    }

                    if (now >= pending.ExpiresAt)
                    {
                        await End(session, pendingId, ExpiredOutcome, null, Clock, now);
                        return PendingOutcome.Expired;
                    }

                    if (Parts(pending.Transfer.Postings, amountFen) is not { } postings)
                    {
                        await Reopen(session, pendingId, pending.ExpiresAt);
                        return PendingOutcome.AmountRefused;
                    }

                    await TransferPosting.PostAsync(session, pending.Transfer with { TransferId = transferId, RecordedAt = now, By = by, Postings = postings });
                    await End(session, pendingId, PostedOutcome, transferId, by, now);
                    return PendingOutcome.Posted;
                },
                cancel),
            $"Pending transfer {pendingId}");

    public Task<PendingOutcome> VoidAsync(string pendingId, string by, DateTimeOffset now, CancellationToken cancel) => book.WriteAsync(
        async session =>
        {
            if (await Find(session, pendingId) is not { } pending)
            {
                return await Ended(session, pendingId, VoidedOutcome, null) ?? PendingOutcome.Unknown;
            }

            var isLate = now >= pending.ExpiresAt;
            await End(session, pendingId, isLate ? ExpiredOutcome : VoidedOutcome, null, isLate ? Clock : by, now);
            return isLate ? PendingOutcome.Expired : PendingOutcome.Voided;
        },
        cancel);

    public Task<int> ExpireAsync(DateTimeOffset now, CancellationToken cancel) => book.WriteAsync(
        async session =>
        {
            var ended = await session.QueryAsync(
                "SELECT pending_id FROM pending_open WHERE expires_at <= @now ORDER BY expires_at, pending_id LIMIT @count",
                row => row.Text(0),
                ("@now", now),
                ("@count", ExpiredAtOnce));
            foreach (var pendingId in ended)
            {
                await End(session, pendingId, ExpiredOutcome, null, Clock, now);
            }

            return ended.Count;
        },
        cancel);

    public Task<(long DebitFen, long CreditFen)> ReservedAsync(string institutionId, string account, CancellationToken cancel) => book.ReadAsync(
        async session =>
        {
            var amounts = await session.QueryAsync(
                """
                SELECT p.amount_fen FROM pending_posting p JOIN pending_open o ON o.pending_id = p.pending_id
                WHERE p.institution_id = @institution AND p.account = @account
                """,
                row => row.Number(0),
                ("@institution", institutionId),
                ("@account", account));
            return (amounts.Where(fen => fen > 0).Sum(), -amounts.Where(fen => fen < 0).Sum());
        },
        cancel);

    private static async Task Insert(BookSession session, TransferRow pending, DateTimeOffset expiresAt, byte[] hash)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO pending (pending_id, institution_id, kind, effective_on, recorded_at, made_by, body_hash, expires_at)
            VALUES (@id, @institution, @kind, @on, @at, @by, @hash, @expires)
            """,
            ("@id", pending.TransferId),
            ("@institution", pending.InstitutionId),
            ("@kind", pending.Kind),
            ("@on", pending.EffectiveOn),
            ("@at", pending.RecordedAt),
            ("@by", pending.By),
            ("@hash", hash),
            ("@expires", expiresAt));
        for (var line = 0; line < pending.Postings.Count; line++)
        {
            await session.ExecuteAsync(
                "INSERT INTO pending_posting (pending_id, line, institution_id, account, amount_fen) VALUES (@id, @line, @institution, @account, @amount)",
                ("@id", pending.TransferId),
                ("@line", line),
                ("@institution", pending.InstitutionId),
                ("@account", pending.Postings[line].Account),
                ("@amount", pending.Postings[line].AmountFen));
        }

        await Reopen(session, pending.TransferId, expiresAt);
    }

    private static Task<int> Reopen(BookSession session, string pendingId, DateTimeOffset expiresAt) => session.ExecuteAsync(
        "INSERT INTO pending_open (pending_id, expires_at) VALUES (@id, @expires)", ("@id", pendingId), ("@expires", expiresAt));

    // Its open row is deleted on the way: whoever comes second on any database waits for that and then finds nothing open.
    private static async Task<Open?> Find(BookSession session, string pendingId)
    {
        if (await session.ExecuteAsync("DELETE FROM pending_open WHERE pending_id = @id", ("@id", pendingId)) == 0)
        {
            return null;
        }

        var open = (await session.FirstAsync(
            "SELECT institution_id, kind, effective_on, recorded_at, made_by, expires_at FROM pending WHERE pending_id = @id",
            row => new Open(new TransferRow(pendingId, row.Text(0), row.Text(1), row.Day(2), row.Time(3), row.Text(4), []), row.Time(5)),
            ("@id", pendingId)))!;
        var postings = await session.QueryAsync(
            "SELECT account, amount_fen FROM pending_posting WHERE pending_id = @id ORDER BY line", row => new PostingRow(row.Text(0), row.Number(1)), ("@id", pendingId));
        return open with { Transfer = open.Transfer with { Postings = postings } };
    }

    private static async Task End(BookSession session, string pendingId, string outcome, string? transferId, string by, DateTimeOffset at)
    {
        await session.ExecuteAsync("DELETE FROM pending_open WHERE pending_id = @id", ("@id", pendingId));
        await session.ExecuteAsync(
            "INSERT INTO pending_end (pending_id, outcome, transfer_id, ended_by, at) VALUES (@id, @outcome, @transfer, @by, @at)",
            ("@id", pendingId),
            ("@outcome", outcome),
            ("@transfer", transferId),
            ("@by", by),
            ("@at", at));
    }

    private static async Task<PendingOutcome?> Ended(BookSession session, string pendingId, string asked, string? transferId)
    {
        var end = await session.FirstAsync(
            "SELECT outcome, transfer_id FROM pending_end WHERE pending_id = @id", row => new Ending(row.Text(0), row.TextOrNull(1)), ("@id", pendingId));
        return end is null ? null
            : end.Outcome == ExpiredOutcome ? PendingOutcome.Expired
            : end.Outcome == asked && end.TransferId == transferId ? (asked == PostedOutcome ? PendingOutcome.Posted : PendingOutcome.Voided)
            : PendingOutcome.EndedOtherwise;
    }

    private static IReadOnlyList<PostingRow>? Parts(IReadOnlyList<PostingRow> pending, long? amountFen) =>
        amountFen is not { } part ? pending
        : pending.Count == 2 && part > 0 && part <= Math.Abs(pending[0].AmountFen)
            ? [.. pending.Select(posting => posting with { AmountFen = Math.Sign(posting.AmountFen) * part })]
            : null;

    private sealed record Open(TransferRow Transfer, DateTimeOffset ExpiresAt);

    private sealed record Ending(string Outcome, string? TransferId);
}
