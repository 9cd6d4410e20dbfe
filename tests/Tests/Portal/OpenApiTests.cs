using System.Text.Json;
using Earmark.Portal;
using Earmark.Tests.Portal.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Every_route_of_the_api_stands_in_the_document_with_its_answers()
    {
        await using var host = await PortalHost.StartAsync();
        var document = await DocumentAsync(host);
        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(PortalRoutes.ApiPrefix, StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (Path: endpoint.RoutePattern.RawText!.TrimEnd('/'), method)))
            .ToArray();
        Assert.True(mapped.Length > 30, $"only {mapped.Length} routes were found");
        var missing = mapped.Where(route => !Documents(document, route.Path, route.method));
        Assert.Empty(missing);
    }

    [Fact]
    public async Task The_document_names_the_key_the_ids_and_how_instants_are_written()
    {
        await using var host = await PortalHost.StartAsync();
        var document = await DocumentAsync(host);
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("apiKey").GetProperty("scheme").GetString());
        var draw = document.GetProperty("paths").GetProperty("/api/v1/facilities/{facilityId}/draws").GetProperty("post");
        Assert.Contains("Idempotency-Key", draw.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()));
        var facility = document.GetProperty("components").GetProperty("schemas").GetProperty("FacilityAnswer").GetProperty("properties");
        Assert.Equal("date-time", facility.GetProperty("asOf").GetProperty("format").GetString());
        Assert.Contains("number", facility.GetProperty("debt").GetProperty("type").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_names_refusals_and_writes_the_query_as_it_is_sent()
    {
        await using var host = await PortalHost.StartAsync();
        var paths = (await DocumentAsync(host)).GetProperty("paths");
        var draw = paths.GetProperty("/api/v1/facilities/{facilityId}/draws").GetProperty("post").GetProperty("responses");
        Assert.All(["409", "413", "415", "422", "429"], status =>
            Assert.True(draw.GetProperty(status).GetProperty("content").TryGetProperty("application/problem+json", out _)));
        var devices = paths.GetProperty("/api/v1/devices").GetProperty("get");
        Assert.Contains("count", devices.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()));
        Assert.False(devices.GetProperty("responses").TryGetProperty("422", out _));
    }

    private static bool Documents(JsonElement document, string path, string method) =>
        document.GetProperty("paths").TryGetProperty(path, out var operations)
        && operations.TryGetProperty(method.ToLowerInvariant(), out var operation)
        && operation.GetProperty("responses").TryGetProperty("200", out var answer)
        && answer.TryGetProperty("content", out _)
        && operation.TryGetProperty("summary", out _);

    private static async Task<JsonElement> DocumentAsync(PortalHost host)
    {
        using var anybody = host.Browser();
        var answer = await anybody.GetAsync("/openapi/v1.json");
        return answer.Json;
    }
}
