using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;
using Microsoft.AspNetCore.Mvc;

namespace Earmark.Portal.Api.Sites;

/// <summary>Which assets of a site, in which order.</summary>
/// <param name="Zone">Pen, zone or route.</param>
/// <param name="State">healthy, watch, sick, missing, dead-presumed, held, on-route …</param>
/// <param name="Facility">Only what is pledged to this facility.</param>
/// <param name="Search">Part of the asset's or the device's id.</param>
/// <param name="Sort">last-heard, asset, zone, state, quantity, eligible, temperature, motionless; default last-heard.</param>
/// <param name="Descending">The other way round.</param>
public sealed record AssetFilter(
    [FromQuery] string? Zone,
    [FromQuery] string? State,
    [FromQuery] string? Facility,
    [FromQuery] string? Search,
    [FromQuery] string? Sort,
    [FromQuery] bool? Descending) : IChecked
{
    public static readonly string[] Sorts = ["last-heard", "asset", "zone", "state", "quantity", "eligible", "temperature", "motionless"];

    public Complaint? Check() => Rule.First(
        Zone is null ? null : Rule.Name(Zone, "zone"),
        State is null ? null : Rule.Name(State, "state"),
        Facility is null ? null : Rule.Name(Facility, "facility"),
        Search is { Length: > PortalLimits.SearchCharacters } ? new Complaint("search", $"It is longer than {PortalLimits.SearchCharacters} characters.") : null,
        Sort is null ? null : Rule.OneOf(Sort, "sort", Sorts));

    public AssetQuery ToQuery(Paging paging) =>
        new(Zone, State, Facility, Search, Sort ?? Sorts[0], Descending ?? false, paging.From, paging.Take);
}
