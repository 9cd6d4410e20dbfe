using System.Text.Json;
using Earmark.Contracts.Cattle;
using Earmark.Portal.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Earmark.Portal.Api.Cattle;

/// <param name="To">The day asked for: a whole number, or a string yyyy-MM-dd.</param>
/// <param name="Weighings">In any order; one animal has several.</param>
public sealed record ForecastRequest(JsonElement To, IReadOnlyList<WeighingRequest> Weighings)
{
    internal static async Task<(WeightForecastQuestion?, ProblemHttpResult?)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        ForecastRequest? read;
        try
        {
            read = await request.ReadFromJsonAsync<ForecastRequest>(cancel);
        }
        catch (JsonException unread)
        {
            // As a bound body would fail, so that both are told the same way.
            throw new BadHttpRequestException(unread.Message, StatusCodes.Status400BadRequest, unread);
        }

        if (read is null)
        {
            return (null, Problems.Invalid("The body is an object with to and weighings.", "$"));
        }

        var rows = read.Weighings.Select(row => new AnimalWeighing(row.Animal, DayOf(row.Day), row.Kg, row.Breed, row.Sex)).ToArray();
        return (new WeightForecastQuestion(DayOf(read.To), rows, null), null);
    }

    // As written: what is neither a number nor a string is refused with the others, by its own text.
    private static string DayOf(JsonElement day) => day.ValueKind == JsonValueKind.String ? day.GetString()! : day.GetRawText();
}

/// <param name="Day">A whole number from any origin, or a string yyyy-MM-dd; of the same kind as the day asked for.</param>
/// <param name="Kg">As weighed.</param>
public sealed record WeighingRequest(string Animal, JsonElement Day, decimal Kg, string? Breed = null, string? Sex = null);

/// <param name="Forecasts">One an animal, in the order of first appearance.</param>
/// <param name="Refused">Weighings that were passed over, by their place from 1 (a CSV's header is 1), at most 1,000.</param>
public sealed record ForecastAnswer(string To, IReadOnlyList<AnimalForecast> Forecasts, IReadOnlyList<RefusedWeighing> Refused);
