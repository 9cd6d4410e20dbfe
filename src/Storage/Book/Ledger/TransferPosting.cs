using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Earmark.Storage.Book;

/// <summary>Writes transfers inside a transaction that may hold more.</summary>
internal static class TransferPosting
{
    public const int MaximumPostings = 10_000;

    /// <exception cref="RepeatedIdException">The id stands with another body.</exception>
    /// <exception cref="ArgumentException">Fewer than two postings or too many, a zero amount, or a sum other than zero.</exception>
    public static async Task<PostResult> PostAsync(BookSession session, TransferRow transfer) => (await PostAllAsync(session, [transfer]))[0];

    /// <summary>
    /// Postings of all of them come in the order of their accounts: each locks its account's balance until the end, and two
    /// transactions that take accounts in different orders would wait for each other.
    /// </summary>
    public static async Task<PostResult[]> PostAllAsync(BookSession session, IReadOnlyList<TransferRow> transfers)
    {
        var results = new PostResult[transfers.Count];
        var hashes = new byte[transfers.Count][];
        for (var i = 0; i < transfers.Count; i++)
        {
            Check(transfers[i]);
            hashes[i] = BodyHash(transfers[i]);
            results[i] = await Stands(session, transfers[i], hashes[i]) ? PostResult.AlreadyPosted : PostResult.Posted;
        }

        var fresh = transfers.Where((_, i) => results[i] == PostResult.Posted);
        var lines = fresh.SelectMany(transfer => transfer.Postings.Select((posting, line) => (Transfer: transfer, Posting: posting, Line: line)));
        foreach (var (transfer, posting, line) in lines.OrderBy(each => each.Posting.Account, StringComparer.Ordinal).ToArray())
        {
            await Write(session, transfer, posting, line);
        }

        for (var i = 0; i < transfers.Count; i++)
        {
            if (results[i] == PostResult.Posted)
            {
                await Write(session, transfers[i], hashes[i]);
            }
        }

        return results;
    }

    private static async Task<bool> Stands(BookSession session, TransferRow transfer, byte[] hash)
    {
        var posted = await session.FirstAsync("SELECT body_hash FROM transfer WHERE transfer_id = @id", row => row.Bytes(0), ("@id", transfer.TransferId));
        return posted is not null && (posted.AsSpan().SequenceEqual(hash)
            ? true
            : throw new RepeatedIdException($"Transfer {transfer.TransferId} was posted with another body."));
    }

    private static Task<int> Write(BookSession session, TransferRow transfer, PostingRow posting, int line) => session.ExecuteAsync(
        "INSERT INTO posting (transfer_id, line, institution_id, account, owner, amount_fen, shard) VALUES (@id, @line, @institution, @account, @owner, @amount, @shard)",
        ("@id", transfer.TransferId),
        ("@line", line),
        ("@institution", transfer.InstitutionId),
        ("@account", posting.Account),
        ("@owner", OwnerOf(posting.Account)),
        ("@amount", posting.AmountFen),
                ("@shard", BalanceParts.Of(posting.Account, transfer.InstitutionId, transfer.TransferId)));

    private static Task<int> Write(BookSession session, TransferRow transfer, byte[] hash) => session.ExecuteAsync(
        """
        INSERT INTO transfer (transfer_id, institution_id, kind, effective_on, recorded_at, posted_by, body_hash)
        VALUES (@id, @institution, @kind, @on, @at, @by, @hash)
        """,
        ("@id", transfer.TransferId),
        ("@institution", transfer.InstitutionId),
        ("@kind", transfer.Kind),
        ("@on", transfer.EffectiveOn),
        ("@at", transfer.RecordedAt),
        ("@by", transfer.By),
        ("@hash", hash));

    /// <summary>The loan or facility an account is of: what follows its last slash, else the account itself.</summary>
    public static string OwnerOf(string account) => account[(account.LastIndexOf('/') + 1)..];

    internal static void Check(TransferRow transfer)
    {
        if (transfer.Postings.Count is < 2 or > MaximumPostings)
        {
            throw new ArgumentException($"A transfer has 2–{MaximumPostings} postings.", nameof(transfer));
        }

        Int128 sum = 0;
        foreach (var posting in transfer.Postings)
        {
            sum += posting.AmountFen != 0 ? posting.AmountFen : throw new ArgumentException($"{posting.Account}: a posting of nothing.", nameof(transfer));
        }

        if (sum != 0)
        {
            throw new ArgumentException($"The postings of {transfer.TransferId} sum to {sum} fen, not to zero.", nameof(transfer));
        }
    }

    // When it was recorded is not part of the body: a retry comes later.
    internal static byte[] BodyHash(TransferRow transfer)
    {
        var body = new StringBuilder().Append(transfer.InstitutionId).Append('\n').Append(transfer.Kind).Append('\n')
            .Append(transfer.EffectiveOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append('\n').Append(transfer.By);
        foreach (var posting in transfer.Postings)
        {
            body.Append('\n').Append(posting.Account).Append('\t').Append(CultureInfo.InvariantCulture, $"{posting.AmountFen}");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(body.ToString()));
    }
}
