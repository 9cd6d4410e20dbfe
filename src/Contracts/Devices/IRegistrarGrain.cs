using Earmark.Contracts.Sites;

namespace Earmark.Contracts.Devices;

/// <summary>
/// Onboarding for one institution (key: its id): writes the register in the Book, then one entry per site.
/// Every call carries an id made by the caller; a repetition answers with the first result.
/// </summary>
[Alias("earmark.registrar")]
public interface IRegistrarGrain : IGrainWithStringKey
{
    [Alias("open-site")]
    ValueTask<CommandReceipt> OpenSite(SiteOpening opening);

    /// <summary>Adds a device. Its secrets are in the answer and are never to be had again.</summary>
    [Alias("add-device")]
    ValueTask<DeviceEnrolment> AddDevice(DeviceOrder order);

    /// <summary>
    /// Any command of a site, checked against the register and written there too where it concerns it (animals, tags,
    /// lots, shipments, removals). Refused when the site is not of this institution.
    /// </summary>
    [Alias("declare")]
    ValueTask<CommandReceipt> Declare(string siteId, SiteCommand command);

    /// <summary>Gives, takes and closes a transfer between two sites of this institution; safe to repeat, resumes where it was.</summary>
    [Alias("transfer")]
    ValueTask<CommandReceipt> Transfer(TransferOrder order);
}

/// <param name="Latitude">Degrees WGS-84; null where unknown.</param>
[GenerateSerializer, Immutable, Alias("earmark.site-opening")]
public sealed record SiteOpening(
    [property: Id(0)] string CommandId,
    [property: Id(1)] string By,
    [property: Id(2)] string SiteId,
    [property: Id(3)] SiteKind Kind,
    [property: Id(4)] string DisplayName,
    [property: Id(5)] string[] Zones,
    [property: Id(6)] double? Latitude,
    [property: Id(7)] double? Longitude);

/// <param name="Zone">Pen, zone or vehicle it covers; empty for an ear tag.</param>
[GenerateSerializer, Immutable, Alias("earmark.device-order")]
public sealed record DeviceOrder(
    [property: Id(0)] string CommandId,
    [property: Id(1)] string By,
    [property: Id(2)] string DeviceId,
    [property: Id(3)] string Kind,
    [property: Id(4)] string SiteId,
    [property: Id(5)] string Zone,
    [property: Id(6)] bool Simulated);

/// <summary>The secrets of a device, shown once; or a refusal.</summary>
[GenerateSerializer, Immutable, Alias("earmark.device-enrolment")]
public sealed record DeviceEnrolment(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] string? Reason,
    [property: Id(2)] string? Detail,
    [property: Id(3)] string DeviceId,
    [property: Id(4)] string Kind,
    [property: Id(5)] string SiteId,
    [property: Id(6)] string UserName,
    [property: Id(7)] string Password,
    [property: Id(8)] int KeyId,
    [property: Id(9)] string FrameKeyHex);

/// <param name="QuantityGrams">Of goods; 0 for an animal, which goes whole.</param>
[GenerateSerializer, Immutable, Alias("earmark.transfer-order")]
public sealed record TransferOrder(
    [property: Id(0)] string TransferId,
    [property: Id(1)] string By,
    [property: Id(2)] string FromSiteId,
    [property: Id(3)] string AssetId,
    [property: Id(4)] long QuantityGrams,
    [property: Id(5)] string ToSiteId,
    [property: Id(6)] string ToAssetId,
    [property: Id(7)] string ToZone);
