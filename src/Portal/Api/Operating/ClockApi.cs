using Earmark.Contracts.Time;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Earmark.Portal.Api.Operating;

/// <summary>The time of assets and money. A stepped clock moves only through here, one step after the other.</summary>
internal static class ClockApi
{
    public static void MapClock(this IEndpointRouteBuilder api)
    {
        var clock = api.MapGroup("/clock").WithTags("clock");
        clock.MapGet("", (DomainClock domain) => TypedResults.Ok(ClockAnswer.Of(domain))).WithSummary("Domain time and how fast it runs");
        clock.MapPost("/step", Step).RequireAuthorization(Policies.ApiBank).WithSummary("Moves a stepped clock and answers when everything shows");
    }

    private static async Task<Results<Ok<StepAnswer>, ProblemHttpResult>> Step(
        StepRequest request, DomainClock clock, ClockTurn turn, IGrainFactory grains, CancellationToken cancel)
    {
        if (clock.Mode != ClockMode.Stepped)
        {
            return Problems.Refused("not-stepped", "This clock is not stepped.");
        }

        using var mine = await turn.TakeAsync(cancel);
        var now = clock.Advance(TimeSpan.FromSeconds(request.Seconds));
        // The caller may give up waiting, but a step once begun is settled.
        var settled = await grains.GetGrain<IKeeperGrain>(0).Settle(now);
        return TypedResults.Ok(new StepAnswer(now, settled.Sites, settled.Facilities, settled.Failures));
    }
}

/// <summary>One step at a time: a second caller waits for the first to settle.</summary>
internal sealed class ClockTurn : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public async Task<IDisposable> TakeAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        return new Held(turn);
    }

    public void Dispose() => turn.Dispose();

    private sealed class Held(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}

/// <param name="Factor">Domain seconds a real second; 0 for a stepped clock.</param>
public sealed record ClockAnswer(DateTimeOffset Now, double Factor, ClockMode Mode)
{
    public static ClockAnswer Of(DomainClock clock) => new(clock.GetUtcNow(), clock.Factor, clock.Mode);
}

/// <param name="Seconds">0 to 300: at most one reporting round; 0 only settles.</param>
public sealed record StepRequest(int Seconds) : IChecked
{
    public Complaint? Check() => Rule.Between(Seconds, 0, PortalLimits.ClockStepSeconds, "seconds");
}

/// <param name="Sites">Sites and facilities ticked.</param>
/// <param name="Failures">What could not be ticked; empty when everything acknowledged shows.</param>
public sealed record StepAnswer(DateTimeOffset Now, int Sites, int Facilities, IReadOnlyList<string> Failures);
