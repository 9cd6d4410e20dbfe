using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Earmark.Storage.Book;

/// <summary>Prices in the Book: versions count from 1 for each institution and never change.</summary>
public sealed class Prices(BookDatabase book) : IPrices
{
    public const int LinesPerPosting = 1_000;
    private const string Columns = "p.price_class, p.grade, p.fen_per_tonne, p.effective_at, v.source, p.version, v.posted_by";
    private const string Joined = "price p JOIN price_posting v ON v.institution_id = p.institution_id AND v.version = p.version";

    /// <summary>The version and the names beside it in each row are not looked at: they come from the posting.</summary>
    /// <exception cref="RepeatedIdException">The posting id stands with other prices.</exception>
    public async Task<long> PostAsync(
        string institutionId, string postingId, string by, string source, DateTimeOffset at, IReadOnlyList<PriceRow> prices, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfZero(prices.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prices.Count, LinesPerPosting);
        var hash = BodyHash(source, prices);
        return await book.WriteAsync(
            async session =>
            {
                if (await Posted(session, institutionId, postingId) is { } posted)
                {
                    return posted.Hash.AsSpan().SequenceEqual(hash)
                        ? posted.Version
                        : throw new RepeatedIdException($"Price posting {postingId} stands with other prices.");
                }

                var version = await session.NumberAsync(
                    """
                    INSERT INTO price_posting (institution_id, version, posting_id, body_hash, posted_by, source, at)
                    SELECT @institution, coalesce(max(version), 0) + 1, @posting, @hash, @by, @source, @at FROM price_posting WHERE institution_id = @institution
                    RETURNING version
                    """,
                    ("@institution", institutionId),
                    ("@posting", postingId),
                    ("@hash", hash),
                    ("@by", by),
                    ("@source", source),
                    ("@at", at));
                foreach (var price in prices)
                {
                    await Insert(session, institutionId, version!.Value, price);
                }

                return version!.Value;
            },
            cancel);
    }

    public Task<(long Version, IReadOnlyList<PriceRow> Prices)> CurrentAsync(string institutionId, CancellationToken cancel) => book.ReadAsync(
        async session =>
        {
            var version = await session.NumberAsync("SELECT max(version) FROM price_posting WHERE institution_id = @institution", ("@institution", institutionId));
            var prices = await Query(
                session,
                $"""
                SELECT {Columns} FROM {Joined} WHERE p.institution_id = @institution AND p.version = (SELECT max(q.version) FROM price q
                    WHERE q.institution_id = p.institution_id AND q.price_class = p.price_class AND q.grade = p.grade)
                ORDER BY p.price_class, p.grade
                """,
                ("@institution", institutionId));
            return (version ?? 0, (IReadOnlyList<PriceRow>)prices);
        },
        cancel);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<PriceRow>> PastAsync(
        string institutionId, string? priceClass, int offset, int count, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<PriceRow>>(
        async session =>
        {
            List<(string, object?)> parameters = [("@institution", institutionId), ("@count", BookLimits.Page(count)), ("@offset", BookLimits.Offset(offset))];
            if (priceClass is not null)
            {
                parameters.Add(("@class", priceClass));
            }

            return await Query(
                session,
                $"""
                SELECT {Columns} FROM {Joined} WHERE p.institution_id = @institution {(priceClass is null ? "" : "AND p.price_class = @class")}
                ORDER BY p.version DESC, p.price_class, p.grade LIMIT @count OFFSET @offset
                """,
                [.. parameters]);
        },
        cancel);

    private static Task<List<PriceRow>> Query(BookSession session, string sql, params (string, object?)[] parameters) => session.QueryAsync(
        sql,
        row => new PriceRow(row.Text(0), row.Text(1), row.Number(2), row.Time(3), row.Text(4), row.Number(5), row.Text(6)),
        parameters);

    private static Task<Posting?> Posted(BookSession session, string institutionId, string postingId) => session.FirstAsync(
        "SELECT version, body_hash FROM price_posting WHERE institution_id = @institution AND posting_id = @posting",
        row => new Posting(row.Number(0), row.Bytes(1)),
        ("@institution", institutionId),
        ("@posting", postingId));

    private static Task<int> Insert(BookSession session, string institutionId, long version, PriceRow price) => session.ExecuteAsync(
        """
        INSERT INTO price (institution_id, price_class, grade, version, fen_per_tonne, effective_at)
        VALUES (@institution, @class, @grade, @version, @fen, @effective)
        """,
        ("@institution", institutionId),
        ("@class", price.PriceClass),
        ("@grade", price.Grade),
        ("@version", version),
        ("@fen", price.FenPerTonne),
        ("@effective", price.EffectiveAt));

    private static byte[] BodyHash(string source, IReadOnlyList<PriceRow> prices)
    {
        var body = new StringBuilder(source);
        foreach (var price in prices)
        {
            body.Append(CultureInfo.InvariantCulture, $"\n{price.PriceClass}\t{price.Grade}\t{price.FenPerTonne}\t{price.EffectiveAt.ToUnixTimeMilliseconds()}");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(body.ToString()));
    }

    private sealed record Posting(long Version, byte[] Hash);
}
