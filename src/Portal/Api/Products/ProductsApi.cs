using Earmark.Contracts.Time;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Earmark.Portal.Api.Products;

/// <summary>Products of the institution. A new one needs no code; a new version changes no facility that stands.</summary>
internal static class ProductsApi
{
    public static void MapProducts(this IEndpointRouteBuilder api)
    {
        var products = api.MapGroup("/products").RequireAuthorization(Policies.ApiLending).WithTags("products");
        products.MapGet("", All).WithSummary("The newest version of every product");
        products.MapGet("/{code}", One).WithSummary("A product, its newest version or the one asked for");
        products.MapPost("", Add).RequireAuthorization(Policies.ApiBank).WithSummary("Adds a product, or a version to one");
    }

    private static async Task<Ok<ProductList>> All(Viewer viewer, IProducts products, CancellationToken cancel) =>
        TypedResults.Ok(new ProductList([.. (await products.CurrentAsync(viewer.InstitutionId, cancel)).Select(ProductAnswer.Of)]));

    private static async Task<Results<Ok<ProductAnswer>, ProblemHttpResult>> One(
        string code, int? version, Viewer viewer, IProducts products, CancellationToken cancel) =>
        await products.OneAsync(viewer.InstitutionId, code, Math.Max(0, version ?? 0), cancel) is { } found
            ? TypedResults.Ok(ProductAnswer.Of(found))
            : Problems.NotFound("product");

    private static async Task<Results<Ok<ProductAnswer>, ProblemHttpResult>> Add(
        ProductRequest request, Viewer viewer, IProducts products, DomainClock clock, CancellationToken cancel)
    {
        var product = request.ToProduct();
        if (product.Wrong() is { } wrong)
        {
            return Problems.Invalid(wrong.Detail, "$." + wrong.Field);
        }

        return await products.AddAsync(viewer.InstitutionId, product, request.BasedOn, viewer.Name, clock.GetUtcNow(), cancel) is { } added
            ? TypedResults.Ok(ProductAnswer.Of(added))
            : Problems.Of(StatusCodes.Status409Conflict, "version-conflict", $"Version {request.BasedOn} is not the newest of {request.Code}; read it again.");
    }
}
