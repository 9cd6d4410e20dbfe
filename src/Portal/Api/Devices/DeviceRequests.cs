using Earmark.Contracts.Devices;
using Earmark.FirmwareProtocols;
using Earmark.Portal.Api.Requests;
using Microsoft.AspNetCore.Mvc;

namespace Earmark.Portal.Api.Devices;

/// <param name="DeviceId">At most 16 of a-z, 0-9 and '-'; an ear tag's is its 15-digit number.</param>
/// <param name="Kind">ear-tag, base-station, tmr-feeder, warehouse-scale or gps-node.</param>
/// <param name="Zone">Pen, zone or vehicle it covers; empty for an ear tag.</param>
/// <param name="Simulated">A simulator's: only such devices may be registered while time is not real.</param>
public sealed record DeviceRequest(string DeviceId, string Kind, string Site, string Zone = "", bool Simulated = false, string? Id = null) : IChecked
{
    public Complaint? Check() => Rule.First(
        Rule.Device(DeviceId, "deviceId"),
        DeviceKinds.TryParse(Kind, out var kind) ? null : new Complaint("kind", "It is not one of ear-tag, base-station, tmr-feeder, warehouse-scale, gps-node."),
        kind == DeviceKind.EarTag ? Rule.Tag(DeviceId, "deviceId") : null,
        Rule.Name(Site, "site"),
        Zone.Length == 0 ? null : Rule.Name(Zone, "zone"),
        Rule.CallerId(Id, "id"));

    public DeviceOrder ToOrder(string id, string by) => new(id, by, DeviceId, Kind, Site, Zone, Simulated);
}

/// <param name="Act">clear-tamper, take-out-of-service, put-in-service or note.</param>
public sealed record DeviceActRequest(string Act, string Detail = "", string? Id = null) : IChecked
{
    public static readonly string[] Acts = ["clear-tamper", "take-out-of-service", "put-in-service", "note"];

    public Complaint? Check() => Rule.First(
        Rule.OneOf(Act, "act", Acts),
        Rule.Text(Detail, "detail", required: Act == "note"),
        Rule.CallerId(Id, "id"));
}

/// <param name="Site">Only devices of this site.</param>
/// <param name="Search">Part of the device's id.</param>
public sealed record DeviceFilter([FromQuery] string? Site, [FromQuery] string? Kind, [FromQuery] string? Search) : IChecked
{
    public Complaint? Check() => Rule.First(
        Site is null ? null : Rule.Name(Site, "site"),
        Kind is null || DeviceKinds.TryParse(Kind, out _) ? null : new Complaint("kind", "There is no such kind of device."),
        Search is { Length: > PortalLimits.SearchCharacters } ? new Complaint("search", $"It is longer than {PortalLimits.SearchCharacters} characters.") : null);
}
