using System.Text;
using Earmark.Contracts.Cattle;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Orleans;

namespace Earmark.Portal.Api.Cattle;

/// <summary>What cattle will weigh, from weighings that come with the request. Nothing of it is kept.</summary>
internal static class CattleApi
{
    private const string CsvType = "text/csv";

    public static void MapCattle(this IEndpointRouteBuilder api)
    {
        var cattle = api.MapGroup("/cattle").WithTags("cattle").WithMetadata(new NotAChange()).WithMetadata(new BodyLimit(PortalLimits.ForecastBytes));
        cattle.MapPost("/forecast", Forecast).Accepts<ForecastRequest>("application/json", CsvType).Produces<ForecastAnswer>()
            .WithSummary("Weight of each animal on a day to come, with its 90 % interval")
            .WithDescription("JSON { to, weighings: [{ animal, day, kg, breed, sex }] }, answered as JSON; or text/csv with the columns animal,day,kg[,breed,sex] and ?to=DAY, "
                + "answered as CSV animal,meanKg,lowKg,highKg unless Accept asks for JSON. A day is a whole number from any origin, or yyyy-MM-dd; to is of the same kind.");
    }

    private static async Task<IResult> Forecast(HttpRequest request, IGrainFactory grains, string? to, CancellationToken cancel)
    {
        var isCsv = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(CsvType, StringComparison.OrdinalIgnoreCase);
        if (!isCsv && !request.HasJsonContentType())
        {
            return Problems.OfStatus(StatusCodes.Status415UnsupportedMediaType);
        }

        var (question, wrong) = isCsv ? await CsvQuestionAsync(request, to, cancel) : await ForecastRequest.ReadAsync(request, cancel);
        if (question is null)
        {
            return wrong!;
        }

        var answer = await grains.GetGrain<IForecastGrain>(0).Forecast(question);
        return answer.Wrong is { } because ? Problems.Invalid(because)
            : isCsv && !AsksForJson(request) ? CsvOf(answer, request.HttpContext.Response)
            : TypedResults.Ok(new ForecastAnswer(question.Day, answer.Forecasts, answer.Refused));
    }

    private static async Task<(WeightForecastQuestion?, ProblemHttpResult?)> CsvQuestionAsync(HttpRequest request, string? to, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(to))
        {
            return (null, Problems.Invalid("A CSV comes with the day asked for as ?to=DAY.", "to"));
        }

        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return (new WeightForecastQuestion(to, [], await reader.ReadToEndAsync(cancel)), null);
    }

    private static bool AsksForJson(HttpRequest request) =>
        request.GetTypedHeaders().Accept is { Count: > 0 } accepted && accepted[0].MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    // Lines passed over cannot stand among the forecasts; how many there were is told in a header, which ones in the JSON answer.
    private static ContentHttpResult CsvOf(WeightForecastAnswer answer, HttpResponse response)
    {
        response.Headers["Earmark-Refused-Lines"] = answer.Refused.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var text = new StringBuilder("animal,meanKg,lowKg,highKg\n");
        foreach (var forecast in answer.Forecasts)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{Quoted(forecast.Animal)},{forecast.MeanKg:0.00},{forecast.LowKg:0.00},{forecast.HighKg:0.00}\n");
        }

        return TypedResults.Text(text.ToString(), CsvType, Encoding.UTF8);
    }

    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
