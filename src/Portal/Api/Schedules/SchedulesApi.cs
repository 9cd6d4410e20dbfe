using Earmark.Finance;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Earmark.Portal.Api.Schedules;

/// <summary>Repayment plans of free terms, by the functions that book real ones; nothing is stored and nothing authorised.</summary>
internal static class SchedulesApi
{
    public static void MapSchedules(this IEndpointRouteBuilder api) => api.MapPost("/schedules/preview", Preview).WithTags("schedules").WithMetadata(new NotAChange())
        .WithSummary("The repayment plan of any terms, after payments and as of a day");

    private static Results<Ok<SchedulePreview>, ProblemHttpResult> Preview(SchedulePreviewRequest request)
    {
        var (terms, complaint) = request.Read();
        if (terms is null)
        {
            return Problems.Invalid(complaint!.Value.Detail, "$." + complaint.Value.Path);
        }

        if (request.Payments is not { Length: > 0 } && request.AsOf is null)
        {
            return TypedResults.Ok(SchedulePreview.Of(Finance.Schedules.Compute(terms)));
        }

        var payments = (request.Payments ?? []).Select(payment => new Payment(payment.On, new Money(Amounts.Fen(payment.Amount))));
        return TypedResults.Ok(SchedulePreview.Of(
            LoanReplay.Compute(terms, [.. payments], request.AsOf, request.EarlyEffect, Allocation.DefaultOrder)));
    }
}
