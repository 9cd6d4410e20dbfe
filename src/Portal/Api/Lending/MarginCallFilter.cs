using Earmark.Portal.Api.Requests;
using Microsoft.AspNetCore.Mvc;

namespace Earmark.Portal.Api.Lending;

/// <param name="Facility">Only those of this facility.</param>
/// <param name="Open">Only those that stand.</param>
public sealed record MarginCallFilter([FromQuery] string? Facility, [FromQuery] bool? Open) : IChecked
{
    public Complaint? Check() => Facility is null ? null : Rule.Name(Facility, "facility");
}
