namespace Earmark.Storage.Book;

/// <summary>The ledger in the Book. The database itself keeps it immutable and in balance: see <see cref="LedgerTables"/>.</summary>
public sealed class Ledger(BookDatabase book) : ILedger
{
    /// <summary>Transfers of one batch; a longer one would hold the writer from everybody else.</summary>
    public const int MaximumBatch = 10_000;

    public Task<PostResult> PostAsync(TransferRow transfer, CancellationToken cancel) =>
        BalanceBoundException.Naming(book.WriteAsync(session => TransferPosting.PostAsync(session, transfer), cancel), $"Transfer {transfer.TransferId}");

    public Task<IReadOnlyList<PostResult>> PostAllAsync(IReadOnlyList<TransferRow> transfers, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transfers.Count, MaximumBatch);
        return BalanceBoundException.Naming(book.WriteAsync<IReadOnlyList<PostResult>>(
            async session =>
            {
                var results = new PostResult[transfers.Count];
                for (var i = 0; i < results.Length; i++)
                {
                    results[i] = await TransferPosting.PostAsync(session, transfers[i]);
                }

                return results;
            },
            cancel), "A transfer of the batch");
    }

    public Task<long> BalanceFenAsync(string institutionId, string account, CancellationToken cancel) => book.ReadAsync(
        async session => await session.NumberAsync(
            "SELECT balance_fen FROM account_balance WHERE institution_id = @institution AND account = @account",
            ("@institution", institutionId),
            ("@account", account)) ?? 0,
        cancel);

    public Task<long> CreditedFenAsync(string institutionId, string account, CancellationToken cancel) => book.ReadAsync(
        async session => await session.NumberAsync(
            "SELECT -sum(amount_fen) FROM posting WHERE institution_id = @institution AND account = @account AND amount_fen < 0",
            ("@institution", institutionId),
            ("@account", account)) ?? 0,
        cancel);

    public Task<IReadOnlyList<AccountBalance>> TrialBalanceAsync(string institutionId, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<AccountBalance>>(
        async session => await session.QueryAsync(
            "SELECT account, balance_fen FROM account_balance WHERE institution_id = @institution ORDER BY account",
            row => new AccountBalance(row.Text(0), row.Number(1)),
            ("@institution", institutionId)),
        cancel);

    /// <summary>Newest first; with a prefix, only transfers that touch an account beginning with it.</summary>
    public Task<IReadOnlyList<TransferRow>> TransfersAsync(
        string institutionId, string? accountPrefix, int offset, int count, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<TransferRow>>(
        async session =>
        {
            var touching = accountPrefix is null
                ? ""
                : """
                   AND EXISTS (SELECT 1 FROM posting p WHERE p.transfer_id = transfer.transfer_id AND substr(p.account, 1, CAST(@length AS INTEGER)) = @prefix)
                  """;
            List<(string, object?)> parameters =
                [("@institution", institutionId), ("@count", BookLimits.Page(count)), ("@offset", BookLimits.Offset(offset))];
            if (accountPrefix is not null)
            {
                parameters.AddRange([("@prefix", accountPrefix), ("@length", accountPrefix.Length)]);
            }

            var transfers = await session.QueryAsync(
                $"""
                SELECT transfer_id, institution_id, kind, effective_on, recorded_at, posted_by FROM transfer WHERE institution_id = @institution {touching}
                ORDER BY recorded_at DESC, transfer_id LIMIT @count OFFSET @offset
                """,
                row => new TransferRow(row.Text(0), row.Text(1), row.Text(2), row.Day(3), row.Time(4), row.Text(5), []),
                [.. parameters]);
            for (var i = 0; i < transfers.Count; i++)
            {
                transfers[i] = transfers[i] with { Postings = await Postings(session, transfers[i].TransferId) };
            }

            return transfers;
        },
        cancel);

    private static Task<List<PostingRow>> Postings(BookSession session, string transferId) => session.QueryAsync(
        "SELECT account, amount_fen FROM posting WHERE transfer_id = @id ORDER BY line",
        row => new PostingRow(row.Text(0), row.Number(1)),
        ("@id", transferId));
}
