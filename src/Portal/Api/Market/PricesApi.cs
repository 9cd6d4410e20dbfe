using Earmark.Contracts.Lending;
using Earmark.Contracts.Market;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Earmark.Portal.Api.Market;

using Accepted = Results<Ok<CommandAccepted>, ProblemHttpResult>;

/// <summary>Prices of the institution; one LTV has exactly one version of them.</summary>
internal static class PricesApi
{
    public static void MapPrices(this IEndpointRouteBuilder api)
    {
        var prices = api.MapGroup("/prices").WithTags("prices");
        prices.MapGet("", Current).WithSummary("The newest price of each class and grade, and their version");
        prices.MapPost("", Post).RequireAuthorization(Policies.ApiBank).WithSummary("Posts prices: a new version");
    }

    private static async Task<Ok<PriceList>> Current(Viewer viewer, IPrices prices, CancellationToken cancel)
    {
        var (version, rows) = await prices.CurrentAsync(viewer.InstitutionId, cancel);
        return TypedResults.Ok(new PriceList(version, [.. rows.Select(row => new PriceAnswer(
            row.PriceClass, row.Grade, Amounts.YuanPerKilogram(row.FenPerTonne), row.EffectiveAt, row.Source, row.Version, row.By))]));
    }

    private static async Task<Accepted> Post(PricePostingRequest request, CallerId caller, Viewer viewer, IGrainFactory grains)
    {
        var id = caller.Or(request.Id);
        var receipt = await grains.GetGrain<IMarketGrain>(viewer.InstitutionId).Post(new PricePosting(
            id, viewer.Name, request.Source, [.. request.Prices.Select(price => price.ToLine(request.Source))]));
        return Answers.Of(id, receipt);
    }
}

/// <param name="Version">Raised by each posting; 0 before the first.</param>
public sealed record PriceList(long Version, IReadOnlyList<PriceAnswer> Prices);

/// <param name="Grade">Empty for every grade of the class that has no price of its own.</param>
/// <param name="YuanPerKilogram">30.00 for 30 yuan a kilogram.</param>
/// <param name="EffectiveAt">From when it holds; its age along the staleness ramp runs from here.</param>
public sealed record PriceAnswer(
    string PriceClass, string Grade, decimal YuanPerKilogram, DateTimeOffset EffectiveAt, string Source, long Version, string By);

/// <param name="Source">Where the prices come from: an exchange, a survey, a contract.</param>
public sealed record PricePostingRequest(string Source, PriceRequest[] Prices, string? Id = null) : IChecked
{
    private const int PricesMaximum = 500;

    public Complaint? Check() => Rule.First(
        Rule.Text(Source, "source"),
        Rule.Between(Prices.Length, 1, PricesMaximum, "prices"),
        Prices.Select((price, index) => price is null ? new Complaint($"prices[{index}]", "It is null.") : price.Check($"prices[{index}]")).FirstOrDefault(complaint => complaint is not null),
        Rule.CallerId(Id, "id"));
}

/// <param name="YuanPerKilogram">At most five decimals.</param>
public sealed record PriceRequest(string PriceClass, decimal YuanPerKilogram, DateTimeOffset EffectiveAt, string Grade = "")
{
    public Complaint? Check(string path) => Rule.First(
        Rule.Name(PriceClass, path + ".priceClass"),
        Grade.Length == 0 ? null : Rule.Name(Grade, path + ".grade"),
        Amounts.TryFenPerTonne(YuanPerKilogram, out _)
            ? null
            : new Complaint(path + ".yuanPerKilogram", "It is more than 0 and has at most five decimals."));

    public PriceLine ToLine(string source) =>
        Amounts.TryFenPerTonne(YuanPerKilogram, out var fen)
            ? new PriceLine(PriceClass, Grade, fen, EffectiveAt, source)
            : throw new InvalidOperationException("the price was not checked");
}
