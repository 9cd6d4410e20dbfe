using System.Data.Common;

namespace Earmark.Storage.Book;

public sealed partial class Register
{
    private const string BindingColumns = "asset_id, device_id, from_at, until_at, because";

    /// <exception cref="InvalidOperationException">An asset is not in the register; nothing is bound.</exception>
    public Task BindAsync(IReadOnlyList<BindingRow> bindings, CancellationToken cancel) => book.WriteAsync(
        async session =>
        {
            foreach (var binding in bindings)
            {
                await Bind(session, binding);
            }
        },
        cancel);

    public Task UnbindAsync(string assetId, string because, DateTimeOffset at, CancellationToken cancel) => book.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE binding SET until_at = @at, because = @because WHERE asset_id = @asset AND until_at IS NULL",
            ("@at", at),
            ("@because", because),
            ("@asset", assetId)),
        cancel);

    public Task<IReadOnlyList<BindingRow>> BindingsOfAssetAsync(string assetId, CancellationToken cancel) => Bindings("asset_id", assetId, cancel);

    public Task<IReadOnlyList<BindingRow>> BindingsOfDeviceAsync(string deviceId, CancellationToken cancel) => Bindings("device_id", deviceId, cancel);

    public Task<IReadOnlyList<BindingRow>> StandingBindingsAsync(IReadOnlyList<string> deviceIds, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<BindingRow>>(
        session => ById(session, deviceIds, $"SELECT {BindingColumns} FROM binding WHERE device_id = @id AND until_at IS NULL", ReadBinding),
        cancel);

    private Task<IReadOnlyList<BindingRow>> Bindings(string column, string id, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<BindingRow>>(
        async session => await session.QueryAsync(
            $"SELECT {BindingColumns} FROM binding WHERE {column} = @id ORDER BY from_at, binding_id LIMIT {BookLimits.PageRows}",
            ReadBinding,
            ("@id", id)),
        cancel);

    private static async Task Bind(BookSession session, BindingRow binding)
    {
        var stands = await session.NumberAsync(
            "SELECT 1 FROM binding WHERE asset_id = @asset AND device_id = @device AND until_at IS NULL",
            ("@asset", binding.AssetId),
            ("@device", binding.DeviceId));
        if (stands is not null)
        {
            return;
        }

        await session.ExecuteAsync(
            "UPDATE binding SET until_at = @from WHERE until_at IS NULL AND (asset_id = @asset OR device_id = @device)",
            ("@from", binding.From),
            ("@asset", binding.AssetId),
            ("@device", binding.DeviceId));
        var inserted = await session.ExecuteAsync(
            $"""
            INSERT INTO binding (institution_id, {BindingColumns})
            SELECT institution_id, asset_id, @device, @from, @until, @because FROM asset WHERE asset_id = @asset
            """,
            ("@device", binding.DeviceId),
            ("@from", binding.From),
            ("@until", binding.Until),
            ("@because", binding.Because),
            ("@asset", binding.AssetId));
        if (inserted == 0)
        {
            throw new InvalidOperationException($"Asset {binding.AssetId} is not in the register.");
        }
    }

    private static BindingRow ReadBinding(DbDataReader row) => new(row.Text(0), row.Text(1), row.Time(2), row.TimeOrNull(3), row.Text(4));
}
