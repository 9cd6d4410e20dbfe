using System.Text.Json;

namespace Earmark.Storage.Influx;

/// <summary>What <c>/query</c> answers: a result for each statement, in each a series for each group.</summary>
internal sealed record InfluxAnswer(IReadOnlyList<InfluxResult>? Results, string? Error);

internal sealed record InfluxResult(IReadOnlyList<InfluxSeries>? Series, string? Error);

/// <param name="Tags">Of the group; null without GROUP BY.</param>
internal sealed record InfluxSeries(string? Name, IReadOnlyDictionary<string, string>? Tags, IReadOnlyList<string> Columns, IReadOnlyList<JsonElement[]>? Values)
{
    public IReadOnlyList<JsonElement[]> Rows => Values ?? [];
}
