namespace Earmark.Contracts.Sites;

public enum SiteKind : byte
{
    Ranch = 1,
    Warehouse = 2,
    Fleet = 3,
}

/// <summary>What a site is at a glance.</summary>
/// <param name="Epoch">The activation's epoch: with <paramref name="Position"/> it orders all that leaves the site.</param>
/// <param name="LastFrameAt">Receipt of the newest frame of any of its devices; null before the first.</param>
/// <param name="UnobservedSince">Since when no station of the site has been heard; null while it is observed.</param>
/// <param name="StateHash">Of the whole state at <paramref name="Position"/>, as a recomputation gives it; empty where the site is too large to be hashed for a glance.</param>
/// <param name="Counts">Kebab-case tallies such as <c>animals, heard-today, missing, dead-presumed, sick, pledged</c>.</param>
[GenerateSerializer, Immutable, Alias("earmark.site-summary")]
public sealed record SiteSummary(
    [property: Id(0)] string SiteId,
    [property: Id(1)] SiteKind Kind,
    [property: Id(2)] long Epoch,
    [property: Id(3)] long Position,
    [property: Id(4)] DateTimeOffset AsOf,
    [property: Id(5)] DateTimeOffset? LastFrameAt,
    [property: Id(6)] DateTimeOffset? UnobservedSince,
    [property: Id(7)] Dictionary<string, long> Counts,
    [property: Id(8)] ZoneSummary[] Zones,
    [property: Id(9)] StationSummary[] Stations,
    [property: Id(10)] byte[] ChainHead,
    [property: Id(11)] byte[] StateHash);

/// <summary>A pen, a warehouse zone or a route, with its tallies.</summary>
[GenerateSerializer, Immutable, Alias("earmark.zone-summary")]
public sealed record ZoneSummary(
    [property: Id(0)] string Zone,
    [property: Id(1)] int Assets,
    [property: Id(2)] int Heard,
    [property: Id(3)] int Missing,
    [property: Id(4)] long QuantityGrams);

/// <summary>One device of the site that the site hears directly (base station, feeder, scale, GPS node).</summary>
[GenerateSerializer, Immutable, Alias("earmark.station-summary")]
public sealed record StationSummary(
    [property: Id(0)] string DeviceId,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Zone,
    [property: Id(3)] DateTimeOffset? LastHeardAt,
    [property: Id(4)] bool Silent,
    [property: Id(5)] long Frames,
    [property: Id(6)] long Duplicates,
    [property: Id(7)] long Marked);

/// <summary>What the site remembers of one device's frames.</summary>
[GenerateSerializer, Immutable, Alias("earmark.device-activity")]
public sealed record DeviceActivity(
    [property: Id(0)] string DeviceId,
    [property: Id(1)] long Boot,
    [property: Id(2)] long Sequence,
    [property: Id(3)] DateTimeOffset? LastHeardAt,
    [property: Id(4)] long Frames,
    [property: Id(5)] long Duplicates,
    [property: Id(6)] long Marked,
    [property: Id(7)] long[] Positions);

/// <summary>Filter and order of a page of assets. Strings are kebab-case names; null means all.</summary>
[GenerateSerializer, Immutable, Alias("earmark.asset-query")]
public sealed record AssetQuery(
    [property: Id(0)] string? Zone = null,
    [property: Id(1)] string? State = null,
    [property: Id(2)] string? FacilityId = null,
    [property: Id(3)] string? Search = null,
    [property: Id(4)] string Sort = "last-heard",
    [property: Id(5)] bool Descending = false,
    [property: Id(6)] int Offset = 0,
    [property: Id(7)] int Count = 50);

[GenerateSerializer, Immutable, Alias("earmark.asset-page")]
public sealed record AssetPage([property: Id(0)] int Total, [property: Id(1)] AssetLine[] Lines);

/// <summary>One asset in a list: an animal, a lot or a shipment.</summary>
/// <param name="State">healthy, watch, sick, dead-presumed, missing, sold … for animals; held, outgoing … for lots; on-route, off-corridor … for shipments.</param>
/// <param name="QuantityGrams">Weight or quantity before factors.</param>
/// <param name="EligibleGrams">After health, freshness and confidence; 0 when excluded.</param>
/// <param name="BookedGrams">Lots: what the warehouse's book says; null for others.</param>
/// <param name="WeighedGrams">Lots: what weighings and transfers say is there, never below zero; null for others.</param>
/// <param name="LastPosition">Shipments: the newest fix of the node; null for others and before the first.</param>
[GenerateSerializer, Immutable, Alias("earmark.asset-line")]
public sealed record AssetLine(
    [property: Id(0)] string AssetId,
    [property: Id(1)] string? DeviceId,
    [property: Id(2)] string PriceClass,
    [property: Id(3)] string Grade,
    [property: Id(4)] string Zone,
    [property: Id(5)] string State,
    [property: Id(6)] string? ExcludedBecause,
    [property: Id(7)] string? FacilityId,
    [property: Id(8)] DateTimeOffset? LastHeardAt,
    [property: Id(9)] long QuantityGrams,
    [property: Id(10)] long EligibleGrams,
    [property: Id(11)] int FreshnessPpm,
    [property: Id(12)] int HealthPpm,
    [property: Id(13)] int ConfidencePpm,
    [property: Id(14)] int? TemperatureCentidegrees,
    [property: Id(15)] int? MotionlessMinutes,
    [property: Id(16)] long? BookedGrams = null,
    [property: Id(17)] long? WeighedGrams = null,
    [property: Id(18)] TrackPoint? LastPosition = null);

/// <summary>One asset opened down to its evidence.</summary>
/// <param name="Facts">Ordered name → value pairs in plain units, for people and the API.</param>
/// <param name="Evidence">Journal positions of the frames and declarations its present value rests on, newest first.</param>
/// <param name="Passport">What goes with an animal to another ranch; of one that went, what went with it.</param>
[GenerateSerializer, Immutable, Alias("earmark.asset-detail")]
public sealed record AssetDetail(
    [property: Id(0)] AssetLine Line,
    [property: Id(1)] AssetFact[] Facts,
    [property: Id(2)] long[] Evidence,
    [property: Id(3)] DigestBucket[] Digests,
    [property: Id(4)] TrackPoint[] Track,
    [property: Id(5)] AnimalPassport? Passport = null);

[GenerateSerializer, Immutable, Alias("earmark.asset-fact")]
public readonly record struct AssetFact([property: Id(0)] string Name, [property: Id(1)] string Value);

/// <summary>A bucket of event time with what was heard of the asset in it.</summary>
[GenerateSerializer, Immutable, Alias("earmark.digest-bucket")]
public readonly record struct DigestBucket(
    [property: Id(0)] DateTimeOffset StartsAt,
    [property: Id(1)] int Heard,
    [property: Id(2)] int ActivityCount,
    [property: Id(3)] int MotionlessMinutes,
    [property: Id(4)] int? TemperatureCentidegrees);

[GenerateSerializer, Immutable, Alias("earmark.track-point")]
public readonly record struct TrackPoint(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] double Latitude,
    [property: Id(2)] double Longitude,
    [property: Id(3)] int SpeedKilometresPerHour);
