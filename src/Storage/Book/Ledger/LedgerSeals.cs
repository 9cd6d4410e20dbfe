using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Earmark.Storage.Book;

/// <summary>
/// hash(n) = SHA-256(hash(n − 1) ‖ n as 8 bytes, high first ‖ the transfer as text: institution, id, kind, day, recorded at in ms, by, then account and
/// fen of each posting in order, a line each); hash(0) is 32 zero bytes. The head's row is locked first, so one sealer works at a time.
/// </summary>
public sealed class LedgerSeals(BookDatabase book) : ILedgerSeals
{
    public const int BatchMaximum = 500;

    private const int VerifiedAtOnce = 1_000;

    public Task<int> SealAsync(string institutionId, DateTimeOffset now, CancellationToken cancel) => book.WriteAsync(
        async session =>
        {
            var head = await LockHead(session, institutionId);
            var rows = await session.QueryAsync(
                """
                SELECT t.transfer_id, t.institution_id, t.kind, t.effective_on, t.recorded_at, t.posted_by
                FROM unsealed u JOIN transfer t ON t.transfer_id = u.transfer_id WHERE u.institution_id = @institution
                ORDER BY t.recorded_at, t.transfer_id LIMIT @count
                """,
                row => new TransferRow(row.Text(0), row.Text(1), row.Text(2), row.Day(3), row.Time(4), row.Text(5), []),
                ("@institution", institutionId),
                ("@count", BatchMaximum));
            var (number, hash) = (head.Number, head.Hash);
            foreach (var transfer in rows)
            {
                hash = Next(hash, ++number, transfer with { Postings = await Postings(session, transfer.TransferId) });
                await session.ExecuteAsync(
                    "INSERT INTO seal (institution_id, number, transfer_id, hash, sealed_at) VALUES (@institution, @number, @transfer, @hash, @at)",
                    ("@institution", institutionId),
                    ("@number", number),
                    ("@transfer", transfer.TransferId),
                    ("@hash", hash),
                    ("@at", now));
                await session.ExecuteAsync("DELETE FROM unsealed WHERE transfer_id = @transfer", ("@transfer", transfer.TransferId));
            }

            if (rows.Count > 0)
            {
                await session.ExecuteAsync(
                    "UPDATE seal_head SET number = @number, hash = @hash WHERE institution_id = @institution",
                    ("@number", number),
                    ("@hash", hash),
                    ("@institution", institutionId));
            }

            return rows.Count;
        },
        cancel);

    public Task<SealHead> HeadAsync(string institutionId, CancellationToken cancel) => book.ReadAsync(
        async session =>
        {
            var head = await session.FirstAsync(
                "SELECT number, hash FROM seal_head WHERE institution_id = @institution", row => new Head(row.Number(0), row.Bytes(1)), ("@institution", institutionId));
            var unsealed = await session.NumberAsync("SELECT count(*) FROM unsealed WHERE institution_id = @institution", ("@institution", institutionId));
            return new SealHead(head?.Number ?? 0, Convert.ToHexStringLower(head?.Hash ?? Zero()), unsealed ?? 0);
        },
        cancel);

    /// <summary>In portions, up to the head as it stands when this begins; what is sealed never changes, so the whole is consistent.</summary>
    public async Task<SealCheck> VerifyAsync(string institutionId, CancellationToken cancel)
    {
        var head = await HeadAsync(institutionId, cancel);
        var (number, hash) = (0L, Zero());
        while (number < head.Number)
        {
            var portion = await book.ReadAsync(session => Portion(session, institutionId, number), cancel);
            foreach (var (sealedAs, kept, transfer) in portion.TakeWhile(one => one.Number <= head.Number))
            {
                var computed = Next(hash, number + 1, transfer);
                if (sealedAs != number + 1 || !computed.AsSpan().SequenceEqual(kept))
                {
                    return new SealCheck(number, Convert.ToHexStringLower(hash), number + 1);
                }

                (number, hash) = (sealedAs, computed);
            }

            if (portion.Count == 0)
            {
                return new SealCheck(number, Convert.ToHexStringLower(hash), number + 1);
            }
        }

        var found = Convert.ToHexStringLower(hash);
        return new SealCheck(number, found, found == head.Hash ? null : number);
    }

    private static async Task<Head> LockHead(BookSession session, string institutionId)
    {
        await session.ExecuteAsync(
            "INSERT INTO seal_head (institution_id, number, hash) VALUES (@institution, 0, @zero) ON CONFLICT DO NOTHING",
            ("@institution", institutionId),
            ("@zero", Zero()));
        return (await session.FirstAsync(
            "UPDATE seal_head SET number = number WHERE institution_id = @institution RETURNING number, hash",
            row => new Head(row.Number(0), row.Bytes(1)),
            ("@institution", institutionId)))!;
    }

    private static async Task<List<(long Number, byte[] Hash, TransferRow Transfer)>> Portion(BookSession session, string institutionId, long after)
    {
        var seals = await session.QueryAsync(
            """
            SELECT s.number, s.hash, t.transfer_id, t.institution_id, t.kind, t.effective_on, t.recorded_at, t.posted_by
            FROM seal s JOIN transfer t ON t.transfer_id = s.transfer_id WHERE s.institution_id = @institution AND s.number > @after
            ORDER BY s.number LIMIT @count
            """,
            row => (row.Number(0), row.Bytes(1), new TransferRow(row.Text(2), row.Text(3), row.Text(4), row.Day(5), row.Time(6), row.Text(7), [])),
            ("@institution", institutionId),
            ("@after", after),
            ("@count", VerifiedAtOnce));
        var portion = new List<(long, byte[], TransferRow)>(seals.Count);
        foreach (var (number, hash, transfer) in seals)
        {
            portion.Add((number, hash, transfer with { Postings = await Postings(session, transfer.TransferId) }));
        }

        return portion;
    }

    private static Task<List<PostingRow>> Postings(BookSession session, string transferId) => session.QueryAsync(
        "SELECT account, amount_fen FROM posting WHERE transfer_id = @id ORDER BY line", row => new PostingRow(row.Text(0), row.Number(1)), ("@id", transferId));

    private static byte[] Next(byte[] before, long number, TransferRow transfer)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{transfer.InstitutionId}\n{transfer.TransferId}\n{transfer.Kind}\n{transfer.EffectiveOn:yyyy-MM-dd}\n{transfer.RecordedAt.ToUnixTimeMilliseconds()}\n{transfer.By}");
        foreach (var posting in transfer.Postings)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{posting.Account}\t{posting.AmountFen}");
        }

        var order = new byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(order, number);
        return SHA256.HashData([.. before, .. order, .. Encoding.UTF8.GetBytes(text.ToString())]);
    }

    private static byte[] Zero() => new byte[SHA256.HashSizeInBytes];

    private sealed record Head(long Number, byte[] Hash);
}
