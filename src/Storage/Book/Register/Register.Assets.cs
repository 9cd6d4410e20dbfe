using System.Data.Common;

namespace Earmark.Storage.Book;

public sealed partial class Register
{
    private const string AssetColumns =
        "asset_id, institution_id, site_id, kind, price_class, grade, body, added_at, ended_at, ended_because";

    public async Task<IReadOnlyList<string>> PutAssetsAsync(IReadOnlyList<AssetRow> assets, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(assets.Count, BookLimits.AssetsPerWrite);
        return await book.WriteAsync(
            async session =>
            {
                var refused = new List<string>();
                foreach (var asset in assets)
                {
                    if (!await Put(session, asset))
                    {
                        refused.Add(asset.AssetId);
                    }
                }

                return refused;
            },
            cancel);
    }

    public Task<AssetRow?> AssetAsync(string assetId, CancellationToken cancel) => book.ReadAsync(
        session => session.FirstAsync($"SELECT {AssetColumns} FROM asset WHERE asset_id = @asset", ReadAsset, ("@asset", assetId)),
        cancel);

    public Task<IReadOnlyList<AssetRow>> AssetsByIdAsync(IReadOnlyList<string> assetIds, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<AssetRow>>(
        session => ById(session, assetIds, $"SELECT {AssetColumns} FROM asset WHERE asset_id = @id", ReadAsset),
        cancel);

    /// <summary>The search finds parts of an asset's id and of the id of the device bound to it now.</summary>
    public Task<AssetPageRows> AssetsAsync(
        string institutionId, string? siteId, string? search, int offset, int count, CancellationToken cancel) => book.ReadAsync(
        async session =>
        {
            var where = "WHERE institution_id = @institution"
                + (siteId is null ? "" : " AND site_id = @site")
                + (string.IsNullOrEmpty(search)
                    ? ""
                    : """
                       AND (lower(asset_id) LIKE @search ESCAPE '\' OR EXISTS (SELECT 1 FROM binding b
                      WHERE b.asset_id = asset.asset_id AND b.until_at IS NULL AND lower(b.device_id) LIKE @search ESCAPE '\'))
                      """);
            (string, object?)[] all = [("@institution", institutionId), ("@site", siteId), ("@search", BookColumns.Anywhere(search ?? ""))];
            var used = all.Where(parameter => where.Contains(parameter.Item1, StringComparison.Ordinal)).ToArray();
            var total = await session.NumberAsync($"SELECT count(*) FROM asset {where}", used);
            var rows = await session.QueryAsync(
                $"SELECT {AssetColumns} FROM asset {where} ORDER BY asset_id LIMIT @count OFFSET @offset",
                ReadAsset,
                [.. used, ("@count", BookLimits.Page(count)), ("@offset", BookLimits.Offset(offset))]);
            return new AssetPageRows((int)(total ?? 0), rows);
        },
        cancel);

    public Task EndAssetsAsync(IReadOnlyList<string> assetIds, string because, DateTimeOffset at, CancellationToken cancel) => book.WriteAsync(
        async session =>
        {
            foreach (var assetId in assetIds)
            {
                await session.ExecuteAsync(
                    "UPDATE asset SET ended_at = @at, ended_because = @because WHERE asset_id = @asset AND ended_at IS NULL",
                    ("@at", at),
                    ("@because", because),
                    ("@asset", assetId));
            }
        },
        cancel);

    // Who added it and when stays; of another site or institution it is left as it is.
    private static async Task<bool> Put(BookSession session, AssetRow asset) => await session.ExecuteAsync(
        $"""
        INSERT INTO asset ({AssetColumns})
        VALUES (@asset, @institution, @site, @kind, @class, @grade, @body, @at, @ended, @because)
        ON CONFLICT (asset_id) DO UPDATE SET kind = excluded.kind, price_class = excluded.price_class, grade = excluded.grade,
            body = excluded.body, ended_at = excluded.ended_at, ended_because = excluded.ended_because
        WHERE asset.site_id = excluded.site_id AND asset.institution_id = excluded.institution_id
        """,
        ("@asset", asset.AssetId),
        ("@institution", asset.InstitutionId),
        ("@site", asset.SiteId),
        ("@kind", asset.Kind),
        ("@class", asset.PriceClass),
        ("@grade", asset.Grade),
        ("@body", asset.Body),
        ("@at", asset.AddedAt),
        ("@ended", asset.EndedAt),
        ("@because", asset.EndedBecause)) > 0;

    private static AssetRow ReadAsset(DbDataReader row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Time(7), row.TimeOrNull(8), row.TextOrNull(9));
}
