using Earmark.Portal.Api.Requests;
using Earmark.Portal.Identity;
using Earmark.Portal.Reads;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Earmark.Portal.Api.Lending;

/// <summary>Margin calls over all facilities, and the ledger.</summary>
internal static class LendingApi
{
    public static void MapLending(this IEndpointRouteBuilder api)
    {
        api.MapGet("/margin-calls", MarginCalls).RequireAuthorization(Policies.ApiLending).WithTags("facilities")
            .WithSummary("Margin calls, newest first");
        api.MapGet("/ledger/trial-balance", Balance).RequireAuthorization(Policies.ApiBank).WithTags("ledger")
            .WithSummary("Balance of every account; their sum is zero");
        api.MapGet("/ledger/seals", Seals).RequireAuthorization(Policies.ApiBank).WithTags("ledger")
            .WithSummary("Where the hash chain over the ledger ends; with verify=true it is computed again");
    }

    private static async Task<Ok<MarginCallList>> MarginCalls(
        [AsParameters] MarginCallFilter filter, [AsParameters] Paging paging, Viewer viewer, LendingReads reads, CancellationToken cancel)
    {
        var calls = await reads.MarginCallsAsync(viewer, filter.Facility, filter.Open ?? false, paging.From, paging.Take, cancel);
        return TypedResults.Ok(new MarginCallList(paging.From, [.. calls.Select(MarginCallAnswer.Of)]));
    }

    private static async Task<Ok<SealAnswer>> Seals(bool? verify, Viewer viewer, ILedgerSeals seals, CancellationToken cancel)
    {
        var head = await seals.HeadAsync(viewer.InstitutionId, cancel);
        var check = verify == true ? await seals.VerifyAsync(viewer.InstitutionId, cancel) : null;
        return TypedResults.Ok(new SealAnswer(head.Number, head.Hash, head.Unsealed, check?.Verified, check?.BrokenAt));
    }

    private static async Task<Ok<TrialBalance>> Balance(Viewer viewer, ILedger ledger, CancellationToken cancel)
    {
        var accounts = await ledger.TrialBalanceAsync(viewer.InstitutionId, cancel);
        return TypedResults.Ok(new TrialBalance(
            Amounts.Yuan(accounts.Sum(account => account.BalanceFen)),
            [.. accounts.Select(account => new AccountAnswer(account.Account, Amounts.Yuan(account.BalanceFen)))]));
    }
}
