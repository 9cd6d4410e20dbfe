using System.Text.Json;
using System.Text.Json.Nodes;
using Earmark.Portal.Api.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Earmark.Portal.Api;

/// <summary>The OpenAPI document: who we are, the bearer key, caller-made ids, and schemas that say how JSON is written.</summary>
internal static class ApiDocument
{
    private const string KeyScheme = "apiKey";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(Introduce);
        options.AddOperationTransformer(NameIds);
        options.AddOperationTransformer(NameQuery);
        options.AddOperationTransformer(NameRefusals);
        options.AddSchemaTransformer(WriteInstants);
    }

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Earmark",
            Version = "v1",
            Description = "Pledged cattle, goods in store and goods in transit: their live value and the loans they secure. Money is a number in yuan with at most "
                + "two decimals, ltv and factors are fractions, names ending in Percent are percent, instants ISO 8601 UTC, days yyyy-MM-dd. Errors are "
                + "application/problem+json with a stable reason.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "Authorization: Bearer KEY",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task NameIds(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (context.Description.HttpMethod == "POST" && !context.Description.ActionDescriptor.EndpointMetadata.OfType<NotAChange>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = CallerId.HeaderName,
                In = ParameterLocation.Header,
                Description = "The caller's id for this request, made before the first try. A repetition with the same body is answered with the first result.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 80 },
            });
        }

        return Task.CompletedTask;
    }

    // Read in any case, but written as everything else in the interface is.
    private static Task NameQuery(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query) ?? [])
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        }

        return Task.CompletedTask;
    }

    // Problems that no endpoint names because limits, rules and caller-made ids are everywhere.
    private static Task NameRefusals(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (operation.Responses is { } answers && answers.TryGetValue("400", out var problem))
        {
            (string Status, string Meaning)[] everywhere = [("429", "Too Many Requests"), ("503", "Service Unavailable")];
            (string Status, string Meaning)[] posts =
                [("409", "Conflict: the id stands with another body"), ("413", "Content Too Large"), ("415", "Unsupported Media Type"), ("422", "Refused by a rule; the reason says which")];
            foreach (var (status, meaning) in context.Description.HttpMethod == "POST" ? everywhere.Concat(posts) : everywhere)
            {
                answers.TryAdd(status, new OpenApiResponse { Description = meaning, Content = problem.Content?.ToDictionary() });
            }
        }

        return Task.CompletedTask;
    }

    // Our own converter writes instants, so the exporter does not know that they are strings.
    private static Task WriteInstants(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
            schema.Examples = [JsonValue.Create("2026-11-22T08:00:00Z")];
        }

        return Task.CompletedTask;
    }
}
