using System.Data.Common;
using System.Text.Json;
using Earmark.Finance;

namespace Earmark.Storage.Book;

public sealed class Products(BookDatabase book) : IProducts
{
    private const string Columns = "body, version, made_by, at";

    public Task<IReadOnlyList<ProductVersion>> CurrentAsync(string institutionId, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<ProductVersion>>(
        async session =>
        {
            var own = await session.QueryAsync(
                $"""
                SELECT {Columns} FROM product p WHERE institution_id = @institution AND version = (SELECT max(q.version) FROM product q
                    WHERE q.institution_id = p.institution_id AND q.product_code = p.product_code)
                """,
                Read,
                ("@institution", institutionId));
            var shipped = ShippedProducts.All.Where(product => own.All(one => one.Product.Code != product.Code)).Select(Shipped);
            return [.. own.Concat(shipped).OrderBy(one => one.Product.Code, StringComparer.Ordinal)];
        },
        cancel);

    public Task<ProductVersion?> OneAsync(string institutionId, string code, int version, CancellationToken cancel) =>
        book.ReadAsync(session => Find(session, institutionId, code, version), cancel);

    public Task<ProductVersion?> AddAsync(string institutionId, Product product, int basedOn, string by, DateTimeOffset at, CancellationToken cancel) =>
        book.WriteAsync(
            async session =>
            {
                var newest = await Find(session, institutionId, product.Code, 0);
                if ((newest?.Version ?? 0) != basedOn)
                {
                    return null;
                }

                var added = await session.ExecuteAsync(
                    """
                    INSERT INTO product (institution_id, product_code, version, body, made_by, at)
                    VALUES (@institution, @code, @version, @body, @by, @at) ON CONFLICT DO NOTHING
                    """,
                    ("@institution", institutionId),
                    ("@code", product.Code),
                    ("@version", basedOn + 1),
                    ("@body", Write(product)),
                    ("@by", by),
                    ("@at", at));
                return added == 0 ? null : new ProductVersion(product, basedOn + 1, by, at);
            },
            cancel);

    /// <summary>A product as it is kept, here and with each facility that is bound to it.</summary>
    public static string Write(Product product) => JsonSerializer.Serialize(product, ProductJson.Options);

    public static Product ReadBody(string body) => JsonSerializer.Deserialize<Product>(body, ProductJson.Options) ?? throw new JsonException("a product cannot be null");

    private static async Task<ProductVersion?> Find(BookSession session, string institutionId, string code, int version)
    {
        var own = await session.FirstAsync(
            $"""
            SELECT {Columns} FROM product WHERE institution_id = @institution AND product_code = @code AND (@version = 0 OR version = @version)
            ORDER BY version DESC LIMIT 1
            """,
            Read,
            ("@institution", institutionId),
            ("@code", code),
            ("@version", version));
        return own ?? (version is 0 or 1 && ShippedProducts.All.FirstOrDefault(product => product.Code == code) is { } product ? Shipped(product) : null);
    }

    private static ProductVersion Shipped(Product product) => new(product, 1, "earmark", DateTimeOffset.UnixEpoch);

    private static ProductVersion Read(DbDataReader row) => new(ReadBody(row.Text(0)), row.Int(1), row.Text(2), row.Time(3));
}
