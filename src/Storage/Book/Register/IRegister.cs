namespace Earmark.Storage.Book;

/// <summary>Institutions, sites, devices, assets and the bindings between them. Every read is scoped to an institution where a person asks.</summary>
public interface IRegister
{
    Task<bool> AddInstitutionAsync(InstitutionRow institution, CancellationToken cancel);
    Task<IReadOnlyList<InstitutionRow>> InstitutionsAsync(CancellationToken cancel);

    /// <summary>False when a site of that id exists already with another body; true for the same body again.</summary>
    Task<bool> AddSiteAsync(SiteRow site, CancellationToken cancel);
    Task<SiteRow?> SiteAsync(string siteId, CancellationToken cancel);
    Task<IReadOnlyList<SiteRow>> SitesAsync(string? institutionId, CancellationToken cancel);

    /// <summary>False when a device of that id exists.</summary>
    Task<bool> AddDeviceAsync(DeviceRow device, CancellationToken cancel);
    Task<DeviceRow?> DeviceAsync(string deviceId, CancellationToken cancel);

    /// <summary>Adds those that are not there yet, in one transaction (an import); the others stay as they are.</summary>
    Task AddDevicesAsync(IReadOnlyList<DeviceRow> devices, CancellationToken cancel);

    /// <summary>Those of the ids that exist, in any order.</summary>
    Task<IReadOnlyList<DeviceRow>> DevicesByIdAsync(IReadOnlyList<string> deviceIds, CancellationToken cancel);
    Task<DevicePage> DevicesAsync(string institutionId, string? siteId, string? kind, string? search, int offset, int count, CancellationToken cancel);

    /// <summary>A device that went with its asset, as an ear tag from ranch to ranch does. To a site of another institution it does not move.</summary>
    Task MoveDeviceAsync(string deviceId, string toSiteId, CancellationToken cancel);
    Task SetDeviceInServiceAsync(string deviceId, bool inService, CancellationToken cancel);

    /// <summary>True when a device that is not simulated is registered anywhere: then time may not be scaled or stepped.</summary>
    Task<bool> HasRealDevicesAsync(CancellationToken cancel);

    /// <summary>Inserts or updates assets of one site in one transaction. An asset of another site is refused: its id is returned.</summary>
    Task<IReadOnlyList<string>> PutAssetsAsync(IReadOnlyList<AssetRow> assets, CancellationToken cancel);
    Task<AssetRow?> AssetAsync(string assetId, CancellationToken cancel);

    /// <summary>Those of the ids that exist, in any order.</summary>
    Task<IReadOnlyList<AssetRow>> AssetsByIdAsync(IReadOnlyList<string> assetIds, CancellationToken cancel);
    Task<AssetPageRows> AssetsAsync(string institutionId, string? siteId, string? search, int offset, int count, CancellationToken cancel);
    Task EndAssetsAsync(IReadOnlyList<string> assetIds, string because, DateTimeOffset at, CancellationToken cancel);

    /// <summary>
    /// Binds devices to assets in one transaction; the earlier binding of either ends at the same instant and stays in
    /// history. A binding that stands already changes nothing.
    /// </summary>
    Task BindAsync(IReadOnlyList<BindingRow> bindings, CancellationToken cancel);
    Task UnbindAsync(string assetId, string because, DateTimeOffset at, CancellationToken cancel);
    Task<IReadOnlyList<BindingRow>> BindingsOfAssetAsync(string assetId, CancellationToken cancel);
    Task<IReadOnlyList<BindingRow>> BindingsOfDeviceAsync(string deviceId, CancellationToken cancel);

    /// <summary>The standing bindings of those devices that are bound now.</summary>
    Task<IReadOnlyList<BindingRow>> StandingBindingsAsync(IReadOnlyList<string> deviceIds, CancellationToken cancel);

    /// <summary>Whitelist of ids that were answered: the first result of a caller-made id, or null. Same id, other body: <see cref="RepeatedIdException"/>.</summary>
    Task<string?> AnswerAsync(string scope, string id, byte[] bodyHash, CancellationToken cancel);
    Task KeepAnswerAsync(string scope, string id, byte[] bodyHash, string answer, DateTimeOffset at, CancellationToken cancel);
}

/// <summary>An id made by a caller came again with another body.</summary>
public sealed class RepeatedIdException : Exception
{
    public RepeatedIdException()
    {
    }

    public RepeatedIdException(string message)
        : base(message)
    {
    }

    public RepeatedIdException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

public sealed record InstitutionRow(string InstitutionId, string DisplayName, string TimeZone);

/// <param name="Kind">1 ranch, 2 warehouse, 3 fleet.</param>
public sealed record SiteRow(string SiteId, string InstitutionId, int Kind, string DisplayName, string Zones, double? Latitude, double? Longitude);

/// <param name="PasswordHash"><c>$7$101$salt$hash</c>.</param>
/// <param name="SealedKeys">Frame keys by id, encrypted under the master key (JSON of keyId → base64 of nonce‖ciphertext‖tag).</param>
public sealed record DeviceRow(
    string DeviceId,
    string InstitutionId,
    string SiteId,
    string Kind,
    string Zone,
    string PasswordHash,
    string SealedKeys,
    bool InService,
    bool Simulated,
    DateTimeOffset AddedAt,
    string AddedBy);

public sealed record DevicePage(int Total, IReadOnlyList<DeviceRow> Rows);

/// <param name="Kind">animal, lot or shipment.</param>
/// <param name="Body">JSON of the declaration, for pages; the site's journal stays the truth of its state.</param>
public sealed record AssetRow(
    string AssetId,
    string InstitutionId,
    string SiteId,
    string Kind,
    string PriceClass,
    string Grade,
    string Body,
    DateTimeOffset AddedAt,
    DateTimeOffset? EndedAt,
    string? EndedBecause);

public sealed record AssetPageRows(int Total, IReadOnlyList<AssetRow> Rows);

public sealed record BindingRow(string AssetId, string DeviceId, DateTimeOffset From, DateTimeOffset? Until, string Because);
