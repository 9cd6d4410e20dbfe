using Microsoft.AspNetCore.Mvc;

namespace Earmark.Portal.Api.Requests;

/// <summary>A window on a list, from the query string.</summary>
/// <param name="Offset">How many to pass over; default 0.</param>
/// <param name="Count">At most how many; default 50, at most 200.</param>
public sealed record Paging([FromQuery] int? Offset, [FromQuery] int? Count) : IChecked
{
    private const int OffsetMaximum = 10_000_000;

    public int From => Offset ?? 0;

    public int Take => Count ?? PortalLimits.PageSize;

    public Complaint? Check() => Rule.First(
        Rule.Between(From, 0, OffsetMaximum, "offset"),
        Rule.Between(Take, 1, PortalLimits.PageSizeMaximum, "count"));
}
