using Earmark.Storage.History;

namespace Earmark.Storage.Influx;

/// <summary>
/// What the values of a point are called on the server, for people who chart them there: the words of <see cref="HistorySeries"/>, then
/// v5, v6 … by place. <see cref="Shape"/> holds how many values a point has and which of them are numbers, because the server knows no
/// NaN and keeps a field that a later write of the same point leaves out.
/// </summary>
internal static class InfluxFields
{
    public const string Shape = "shape";

    private static readonly string[] Tag = ["heard", "activity", "motionless_minutes", "temperature_celsius", "rssi_dbm"];

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        [HistorySeries.TagQuarter] = Complete(Tag),
        [HistorySeries.TagDay] = Complete(Tag),
        [HistorySeries.Scale] = Complete("net_kg", "gross_kg", "stable"),
        [HistorySeries.Position] = Complete("latitude", "longitude", "speed_kmh", "accuracy_m"),
        [HistorySeries.Feed] = Complete("kg", "event"),
        [HistorySeries.Facility] = Complete("eligible_value", "debt", "ltv", "borrowing_base"),
    };

    private static readonly string[] Unknown = Complete();

    /// <summary>As many as a point may have values.</summary>
    public static IReadOnlyList<string> Of(string series) => Known.GetValueOrDefault(series, Unknown);

    /// <summary>One bit for each value that is a number, and one above the last value.</summary>
    public static int ShapeOf(ReadOnlySpan<double> values)
    {
        var shape = 1 << values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            shape |= double.IsFinite(values[i]) ? 1 << i : 0;
        }

        return shape;
    }

    public static int LengthOf(int shape) => int.Log2(shape);

    private static string[] Complete(params string[] named) =>
        [.. named, .. Enumerable.Range(named.Length, HistoryLimits.ValuesPerPoint - named.Length).Select(place => $"v{place}")];
}
