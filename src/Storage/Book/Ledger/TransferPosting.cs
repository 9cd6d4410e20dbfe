using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Earmark.Storage.Book;

/// <summary>Writes one transfer inside a transaction that may hold more.</summary>
internal static class TransferPosting
{
    public const int MaximumPostings = 10_000;

    /// <exception cref="RepeatedIdException">The id stands with another body.</exception>
    /// <exception cref="ArgumentException">Fewer than two postings or too many, a zero amount, or a sum other than zero.</exception>
    public static async Task<PostResult> PostAsync(BookSession session, TransferRow transfer)
    {
        Check(transfer);
        var hash = BodyHash(transfer);
        var posted = await session.FirstAsync("SELECT body_hash FROM transfer WHERE transfer_id = @id", row => row.Bytes(0), ("@id", transfer.TransferId));
        if (posted is not null)
        {
            return posted.AsSpan().SequenceEqual(hash)
                ? PostResult.AlreadyPosted
                : throw new RepeatedIdException($"Transfer {transfer.TransferId} was posted with another body.");
        }

        for (var line = 0; line < transfer.Postings.Count; line++)
        {
            var posting = transfer.Postings[line];
            await session.ExecuteAsync(
                "INSERT INTO posting (transfer_id, line, institution_id, account, owner, amount_fen) VALUES (@id, @line, @institution, @account, @owner, @amount)",
                ("@id", transfer.TransferId),
                ("@line", line),
                ("@institution", transfer.InstitutionId),
                ("@account", posting.Account),
                ("@owner", OwnerOf(posting.Account)),
                ("@amount", posting.AmountFen));
        }

        await session.ExecuteAsync(
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
        return PostResult.Posted;
    }

    /// <summary>The loan or facility an account is of: what follows its last slash, else the account itself.</summary>
    public static string OwnerOf(string account) => account[(account.LastIndexOf('/') + 1)..];

    private static void Check(TransferRow transfer)
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
    private static byte[] BodyHash(TransferRow transfer)
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
