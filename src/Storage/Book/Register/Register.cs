using System.Data.Common;

namespace Earmark.Storage.Book;

/// <summary>The register in the Book: institutions and sites here; devices, assets, bindings and answers in the other parts.</summary>
public sealed partial class Register(BookDatabase book) : IRegister
{
    private const string SiteColumns = "site_id, institution_id, kind, display_name, zones, latitude, longitude";

    public Task<bool> AddInstitutionAsync(InstitutionRow institution, CancellationToken cancel) => book.WriteAsync(
        async session => await session.ExecuteAsync(
            "INSERT INTO institution (institution_id, display_name, time_zone) VALUES (@id, @name, @zone) ON CONFLICT DO NOTHING",
            ("@id", institution.InstitutionId),
            ("@name", institution.DisplayName),
            ("@zone", institution.TimeZone)) > 0,
        cancel);

    public Task<IReadOnlyList<InstitutionRow>> InstitutionsAsync(CancellationToken cancel) => book.ReadAsync<IReadOnlyList<InstitutionRow>>(
        async session => await session.QueryAsync(
            "SELECT institution_id, display_name, time_zone FROM institution ORDER BY institution_id",
            row => new InstitutionRow(row.Text(0), row.Text(1), row.Text(2))),
        cancel);

    public Task<bool> AddSiteAsync(SiteRow site, CancellationToken cancel) => book.WriteAsync(
        async session =>
        {
            var inserted = await session.ExecuteAsync(
                $"INSERT INTO site ({SiteColumns}) VALUES (@site, @institution, @kind, @name, @zones, @latitude, @longitude) ON CONFLICT DO NOTHING",
                ("@site", site.SiteId),
                ("@institution", site.InstitutionId),
                ("@kind", site.Kind),
                ("@name", site.DisplayName),
                ("@zones", site.Zones),
                ("@latitude", site.Latitude),
                ("@longitude", site.Longitude));
            return inserted > 0 || await Site(session, site.SiteId) == site;
        },
        cancel);

    public Task<SiteRow?> SiteAsync(string siteId, CancellationToken cancel) => book.ReadAsync(session => Site(session, siteId), cancel);

    public Task<IReadOnlyList<SiteRow>> SitesAsync(string? institutionId, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<SiteRow>>(
        async session => institutionId is null
            ? await session.QueryAsync($"SELECT {SiteColumns} FROM site ORDER BY site_id", ReadSite)
            : await session.QueryAsync($"SELECT {SiteColumns} FROM site WHERE institution_id = @institution ORDER BY site_id", ReadSite, ("@institution", institutionId)),
        cancel);

    private static Task<SiteRow?> Site(BookSession session, string siteId) =>
        session.FirstAsync($"SELECT {SiteColumns} FROM site WHERE site_id = @site", ReadSite, ("@site", siteId));

    private static SiteRow ReadSite(DbDataReader row) =>
        new(row.Text(0), row.Text(1), row.Int(2), row.Text(3), row.Text(4), row.DoubleOrNull(5), row.DoubleOrNull(6));
}
