using System.Data.Common;

namespace Earmark.Storage.Book;

public sealed partial class Register
{
    private const string DeviceColumns =
        "device_id, institution_id, site_id, kind, zone, password_hash, sealed_keys, in_service, simulated, added_at, added_by";

    public Task<bool> AddDeviceAsync(DeviceRow device, CancellationToken cancel) => book.WriteAsync(
        async session => await Add(session, device) > 0,
        cancel);

    public Task AddDevicesAsync(IReadOnlyList<DeviceRow> devices, CancellationToken cancel) => book.WriteAsync(
        async session =>
        {
            foreach (var device in devices)
            {
                await Add(session, device);
            }
        },
        cancel);

    public Task<IReadOnlyList<DeviceRow>> DevicesByIdAsync(IReadOnlyList<string> deviceIds, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<DeviceRow>>(
        session => ById(session, deviceIds, $"SELECT {DeviceColumns} FROM device WHERE device_id = @id", ReadDevice),
        cancel);

    public Task<DeviceRow?> DeviceAsync(string deviceId, CancellationToken cancel) => book.ReadAsync(
        session => session.FirstAsync($"SELECT {DeviceColumns} FROM device WHERE device_id = @device", ReadDevice, ("@device", deviceId)),
        cancel);

    public Task<DevicePage> DevicesAsync(
        string institutionId, string? siteId, string? kind, string? search, int offset, int count, CancellationToken cancel) => book.ReadAsync(
        async session =>
        {
            var where = "WHERE institution_id = @institution"
                + (siteId is null ? "" : " AND site_id = @site")
                + (kind is null ? "" : " AND kind = @kind")
                + (string.IsNullOrEmpty(search) ? "" : @" AND (lower(device_id) LIKE @search ESCAPE '\' OR lower(zone) LIKE @search ESCAPE '\')");
            (string, object?)[] all = [("@institution", institutionId), ("@site", siteId), ("@kind", kind), ("@search", BookColumns.Anywhere(search ?? ""))];
            var used = all.Where(parameter => where.Contains(parameter.Item1, StringComparison.Ordinal)).ToArray();
            var total = await session.NumberAsync($"SELECT count(*) FROM device {where}", used);
            var rows = await session.QueryAsync(
                $"SELECT {DeviceColumns} FROM device {where} ORDER BY device_id LIMIT @count OFFSET @offset",
                ReadDevice,
                [.. used, ("@count", BookLimits.Page(count)), ("@offset", BookLimits.Offset(offset))]);
            return new DevicePage((int)(total ?? 0), rows);
        },
        cancel);

    public Task MoveDeviceAsync(string deviceId, string toSiteId, CancellationToken cancel) => book.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE device SET site_id = @site, zone = '' WHERE device_id = @device AND site_id <> @site
            AND institution_id = (SELECT institution_id FROM site WHERE site_id = @site)
            """,
            ("@site", toSiteId),
            ("@device", deviceId)),
        cancel);

    public Task SetDeviceInServiceAsync(string deviceId, bool inService, CancellationToken cancel) => book.WriteAsync(
        session => session.ExecuteAsync("UPDATE device SET in_service = @service WHERE device_id = @device", ("@service", inService), ("@device", deviceId)),
        cancel);

    public Task<bool> HasRealDevicesAsync(CancellationToken cancel) => book.ReadAsync(
        async session => await session.NumberAsync("SELECT 1 FROM device WHERE simulated = 0 LIMIT 1") is not null,
        cancel);

    // One prepared lookup by key for each id costs little, and no list of parameters has to be spelled for each database.
    private static async Task<IReadOnlyList<T>> ById<T>(BookSession session, IReadOnlyList<string> ids, string sql, Func<DbDataReader, T> map)
        where T : class
    {
        var rows = new List<T>(ids.Count);
        foreach (var id in ids)
        {
            if (await session.FirstAsync(sql, map, ("@id", id)) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static Task<int> Add(BookSession session, DeviceRow device) => session.ExecuteAsync(
        $"""
        INSERT INTO device ({DeviceColumns})
        VALUES (@device, @institution, @site, @kind, @zone, @password, @keys, @service, @simulated, @at, @by) ON CONFLICT DO NOTHING
        """,
        ("@device", device.DeviceId),
        ("@institution", device.InstitutionId),
        ("@site", device.SiteId),
        ("@kind", device.Kind),
        ("@zone", device.Zone),
        ("@password", device.PasswordHash),
        ("@keys", device.SealedKeys),
        ("@service", device.InService),
        ("@simulated", device.Simulated),
        ("@at", device.AddedAt),
        ("@by", device.AddedBy));

    private static DeviceRow ReadDevice(DbDataReader row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Flag(7), row.Flag(8), row.Time(9), row.Text(10));
}
