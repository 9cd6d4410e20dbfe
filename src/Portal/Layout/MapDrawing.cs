using System.Globalization;
using Earmark.Contracts.Sites;

namespace Earmark.Portal.Layout;

/// <summary>
/// Positions laid flat for a small drawing: metres east and south of the north-west corner, true to scale about the middle
/// latitude. Good for a route of some hundred kilometres; no tiles, no country outlines.
/// </summary>
public sealed class MapDrawing
{
    private const double MetresPerDegree = 111_320;
    private const double MarginShare = 0.06;
    private const double SmallestMetres = 200;

    private readonly double north;
    private readonly double west;
    private readonly double shrink;

    public MapDrawing(IEnumerable<RoutePoint> shown, double roomMetres)
    {
        var points = shown.ToArray();
        IsEmpty = points.Length == 0;
        if (IsEmpty)
        {
            return;
        }

        north = points.Max(point => point.Latitude);
        west = points.Min(point => point.Longitude);
        var south = points.Min(point => point.Latitude);
        var east = points.Max(point => point.Longitude);
        shrink = Math.Max(0.01, Math.Cos((north + south) / 2 * Math.PI / 180));
        Width = Math.Max(SmallestMetres, (east - west) * shrink * MetresPerDegree);
        Height = Math.Max(SmallestMetres, (north - south) * MetresPerDegree);
        Margin = roomMetres + (Math.Max(Width, Height) * MarginShare);
    }

    public bool IsEmpty { get; }

    public double Width { get; }

    public double Height { get; }

    public double Margin { get; }

    /// <summary>A length that is one hundredth of the drawing's longer side.</summary>
    public double Dot => Math.Max(Width, Height) / 100;

    public string ViewBox => $"{Text(-Margin)} {Text(-Margin)} {Text(Width + (2 * Margin))} {Text(Height + (2 * Margin))}";

    public string Line(IEnumerable<RoutePoint> points) => string.Join(' ', points.Select(point => $"{Text(X(point))},{Text(Y(point))}"));

    public double X(RoutePoint point) => (point.Longitude - west) * shrink * MetresPerDegree;

    public double Y(RoutePoint point) => (north - point.Latitude) * MetresPerDegree;

    public static string Text(double metres) => metres.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>Points written as <c>latitude,longitude</c> and set apart by blanks, as a shipment's facts give its route.</summary>
    public static IReadOnlyList<RoutePoint> Read(string? route)
    {
        var points = new List<RoutePoint>();
        foreach (var pair in (route ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var comma = pair.IndexOf(',', StringComparison.Ordinal);
            if (comma > 0 && double.TryParse(pair[..comma], CultureInfo.InvariantCulture, out var latitude)
                && double.TryParse(pair[(comma + 1)..], CultureInfo.InvariantCulture, out var longitude))
            {
                points.Add(new RoutePoint(latitude, longitude));
            }
        }

        return points;
    }
}
