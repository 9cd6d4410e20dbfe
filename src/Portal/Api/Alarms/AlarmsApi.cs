using Earmark.Contracts.Alarms;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Portal.Reads;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Earmark.Portal.Api.Alarms;

/// <summary>Alarms of sites: one open per subject and cause.</summary>
internal static class AlarmsApi
{
    public static void MapAlarms(this IEndpointRouteBuilder api)
    {
        var alarms = api.MapGroup("/alarms").WithTags("alarms");
        alarms.MapGet("", All).WithSummary("Alarms, newest first");
        alarms.MapPost("/{alarmId}/acknowledge", Acknowledge).RequireAuthorization(Policies.ApiOnboarding)
            .WithSummary("Somebody has seen it and says so");
    }

    private static async Task<Ok<AlarmList>> All(
        [AsParameters] AlarmFilter filter, [AsParameters] Paging paging, Viewer viewer, AlarmReads reads, CancellationToken cancel)
    {
        var rows = await reads.PageAsync(viewer, filter.Site, filter.Open ?? false, paging.From, paging.Take, cancel);
        return TypedResults.Ok(new AlarmList(paging.From, [.. rows.Select(AlarmAnswer.Of)]));
    }

    private static async Task<Results<Ok<AlarmAnswer>, ProblemHttpResult>> Acknowledge(
        string alarmId, AcknowledgeRequest request, Viewer viewer, AlarmReads reads, IGrainFactory grains, CancellationToken cancel)
    {
        if (await reads.FindAsync(viewer, alarmId, cancel) is not { } alarm)
        {
            return Problems.NotFound("alarm");
        }

        // Again after the first time changes nothing: the answer shows who was first.
        await grains.GetGrain<IAlarmBoardGrain>(alarm.SiteId).Acknowledge(alarmId, viewer.Name, request.Comment);
        return await reads.FindAsync(viewer, alarmId, cancel) is { } now ? TypedResults.Ok(AlarmAnswer.Of(now)) : Problems.NotFound("alarm");
    }
}

/// <param name="Open">Only those not cleared.</param>
public sealed record AlarmFilter([FromQuery] string? Site, [FromQuery] bool? Open) : IChecked
{
    public Complaint? Check() => Site is null ? null : Rule.Name(Site, "site");
}

public sealed record AcknowledgeRequest(string Comment = "") : IChecked
{
    public Complaint? Check() => Rule.Text(Comment, "comment", required: false);
}

/// <param name="Subject">Device, asset, zone or site.</param>
/// <param name="Severity">1 information, 2 warning, 3 critical.</param>
/// <param name="State">raised, acknowledged or cleared.</param>
public sealed record AlarmAnswer(
    string AlarmId,
    string SiteId,
    string Subject,
    string Cause,
    int Severity,
    string State,
    DateTimeOffset Since,
    DateTimeOffset RaisedAt,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    string? Comment,
    DateTimeOffset? ClearedAt,
    string Detail)
{
    public static AlarmAnswer Of(AlarmRow row) => new(
        row.AlarmId,
        row.SiteId,
        row.Subject,
        row.Cause,
        row.Severity,
        row.State,
        row.Since,
        row.RaisedAt,
        row.AcknowledgedAt,
        row.AcknowledgedBy,
        row.Comment,
        row.ClearedAt,
        row.Detail);
}

public sealed record AlarmList(int Offset, IReadOnlyList<AlarmAnswer> Alarms);
