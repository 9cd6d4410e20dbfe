using System.Text.Json;
using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Reads;

namespace Earmark.Portal.Api.Assets;

/// <param name="DeviceId">Its ear tag or GPS node; null while it has none.</param>
/// <param name="ExcludedBecause">Why it counts nothing; null while it counts.</param>
/// <param name="EligibleKilograms">After health, freshness and confidence; sites know no prices.</param>
/// <param name="Freshness">0 to 1, as are health and confidence.</param>
public sealed record AssetAnswer(
    string AssetId,
    string? DeviceId,
    string PriceClass,
    string Grade,
    string Zone,
    string State,
    string? ExcludedBecause,
    string? FacilityId,
    DateTimeOffset? LastHeardAt,
    decimal QuantityKilograms,
    decimal EligibleKilograms,
    decimal Freshness,
    decimal Health,
    decimal Confidence,
    decimal? TemperatureCelsius,
    int? MotionlessMinutes)
{
    public static AssetAnswer Of(AssetLine line) => new(
        line.AssetId,
        line.DeviceId,
        line.PriceClass,
        line.Grade,
        line.Zone,
        line.State,
        line.ExcludedBecause,
        line.FacilityId,
        line.LastHeardAt,
        Amounts.Kilograms(line.QuantityGrams),
        Amounts.Kilograms(line.EligibleGrams),
        Amounts.Fraction(line.FreshnessPpm),
        Amounts.Fraction(line.HealthPpm),
        Amounts.Fraction(line.ConfidencePpm),
        line.TemperatureCentidegrees / 100m,
        line.MotionlessMinutes);
}

public sealed record AssetList(int Total, int Offset, IReadOnlyList<AssetAnswer> Assets);

/// <param name="Kind">animal, lot or shipment.</param>
/// <param name="EndedAt">When it left for good, and why; null while it is held.</param>
/// <param name="Now">How it stands; null when its site does not hold it any more.</param>
/// <param name="Facts">Name and value in plain units.</param>
/// <param name="Evidence">Positions in the site's journal its present value rests on, newest first.</param>
/// <param name="Digests">What was heard in each bucket of event time of the last days.</param>
/// <param name="Declaration">As it was declared.</param>
public sealed record AssetOpened(
    string AssetId,
    string SiteId,
    string Kind,
    DateTimeOffset AddedAt,
    DateTimeOffset? EndedAt,
    string? EndedBecause,
    AssetAnswer? Now,
    IReadOnlyList<FactAnswer> Facts,
    IReadOnlyList<long> Evidence,
    IReadOnlyList<DigestAnswer> Digests,
    IReadOnlyList<TrackAnswer> Track,
    IReadOnlyList<BindingAnswer> Tags,
    PledgeAnswer? Pledge,
    JsonElement? Declaration)
{
    public static AssetOpened Of(AssetFound found) => new(
        found.Row.AssetId,
        found.Row.SiteId,
        found.Row.Kind,
        found.Row.AddedAt,
        found.Row.EndedAt,
        found.Row.EndedBecause,
        found.Detail is { } detail ? AssetAnswer.Of(detail.Line) : null,
        [.. (found.Detail?.Facts ?? []).Select(fact => new FactAnswer(fact.Name, fact.Value))],
        found.Detail?.Evidence ?? [],
        [.. (found.Detail?.Digests ?? []).Select(DigestAnswer.Of)],
        [.. (found.Detail?.Track ?? []).Select(point => new TrackAnswer(point.At, point.Latitude, point.Longitude, point.SpeedKilometresPerHour))],
        [.. found.Bindings.Select(binding => new BindingAnswer(binding.AssetId, binding.DeviceId, binding.From, binding.Until, binding.Because))],
        found.Pledge is { } pledge ? new PledgeAnswer(pledge.FacilityId, pledge.RegistrationNumber, pledge.PledgedAt) : null,
        KeptJson.Read(found.Row.Body));
}

public sealed record FactAnswer(string Name, string Value);

public sealed record DigestAnswer(DateTimeOffset StartsAt, int Heard, int ActivityCount, int MotionlessMinutes, decimal? TemperatureCelsius)
{
    public static DigestAnswer Of(DigestBucket bucket) =>
        new(bucket.StartsAt, bucket.Heard, bucket.ActivityCount, bucket.MotionlessMinutes, bucket.TemperatureCentidegrees / 100m);
}

public sealed record TrackAnswer(DateTimeOffset At, double Latitude, double Longitude, int SpeedKilometresPerHour);

public sealed record BindingAnswer(string AssetId, string DeviceId, DateTimeOffset From, DateTimeOffset? Until, string Because);

public sealed record PledgeAnswer(string FacilityId, string RegistrationNumber, DateTimeOffset PledgedAt);
