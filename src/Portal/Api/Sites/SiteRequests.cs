using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Api.Sites;

/// <param name="SiteId">1 to 40 of a-z, 0-9 and '-'; unique over all institutions.</param>
/// <param name="Zones">Pens, warehouse zones or routes; at most 500.</param>
/// <param name="Latitude">Degrees WGS-84.</param>
/// <param name="Id">The caller's id for this request.</param>
public sealed record SiteOpeningRequest(
    string SiteId,
    SiteKind Kind,
    string DisplayName,
    string[] Zones,
    double? Latitude = null,
    double? Longitude = null,
    string? Id = null) : IChecked
{
    private const int ZonesMaximum = 500;

    public Complaint? Check() => Rule.First(
        Rule.Name(SiteId, "siteId"),
        Rule.Text(DisplayName, "displayName"),
        Rule.Between(Zones.Length, 0, ZonesMaximum, "zones"),
        Zones.Select((zone, index) => Rule.Name(zone, $"zones[{index}]")).FirstOrDefault(complaint => complaint is not null),
        Latitude is < -90 or > 90 or double.NaN ? new Complaint("latitude", "It is not between -90 and 90.") : null,
        Longitude is < -180 or > 180 or double.NaN ? new Complaint("longitude", "It is not between -180 and 180.") : null,
        Latitude is null == Longitude is null ? null : new Complaint("longitude", "Latitude and longitude come together."),
        Rule.CallerId(Id, "id"));
}
