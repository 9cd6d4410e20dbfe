using Earmark.Contracts.Lending;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Portal.Reads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Earmark.Portal.Api.WhatIf;

/// <summary>What would stand after a draw, a release, other prices or other parameters. The facility computes again when an order comes.</summary>
internal static class FacilityWhatIfApi
{
    public static void MapFacilityWhatIf(this IEndpointRouteBuilder api) => api.MapPost("/facilities/{facilityId}/what-if", WhatIf)
        .RequireAuthorization(Policies.ApiLending).WithTags("what-if").WithMetadata(new NotAChange())
        .WithSummary("What would stand after a draw, a release, other prices or parameters; it authorises nothing");

    private static async Task<Results<Ok<FacilityWhatIfAnswer>, ProblemHttpResult>> WhatIf(
        string facilityId, FacilityWhatIfRequest request, Viewer viewer, FacilityReads reads, IGrainFactory grains, CancellationToken cancel)
    {
        if (await reads.FindAsync(viewer, facilityId, cancel) is null)
        {
            return Problems.NotFound("facility");
        }

        var answer = await grains.GetGrain<IFacilityGrain>(facilityId).WhatIf(request.ToQuestion());
        return answer is null ? Problems.NotFound("facility")
            : answer.Reason is not null ? Problems.Refused(answer.Reason, answer.Detail)
            : TypedResults.Ok(FacilityWhatIfAnswer.Of(answer));
    }
}
