namespace Earmark.Valuation;

/// <summary>The way a shipment may take: a line of points and a width to either side. Distances are great-circle, on the sphere.</summary>
public sealed class Corridor
{
    public const int MaximumPoints = 10_000;

    /// <summary>A quarter of a great circle, 10,000 km: no leg of a road is longer, and up to it "beside the leg" has one meaning.</summary>
    private const double LongestLegRadians = Math.PI / 2;

    private readonly Direction[] points;
    private readonly int metresToEitherSide;

    private Corridor(Direction[] points, int metresToEitherSide)
    {
        this.points = points;
        this.metresToEitherSide = metresToEitherSide;
    }

    /// <summary>False for no points, too many, one outside the earth, a leg longer than a quarter of a great circle, or no width.</summary>
    public static bool TryCreate(IReadOnlyList<GeoPoint> line, int metresToEitherSide, out Corridor? corridor)
    {
        corridor = null;
        if (line.Count is 0 or > MaximumPoints || metresToEitherSide <= 0 || line.Any(point => !point.IsValid))
        {
            return false;
        }

        var points = line.Select(point => point.ToDirection()).ToArray();
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i - 1].AngleTo(points[i]) > LongestLegRadians)
            {
                return false;
            }
        }

        corridor = new Corridor(points, metresToEitherSide);
        return true;
    }

    /// <summary>Inside, as far as the fix can tell: a fix is off the corridor only when it is so by more than its own error.</summary>
    public bool Contains(GeoPoint fix, double accuracyMetres = 0) => DistanceMetres(fix) <= metresToEitherSide + accuracyMetres;

    /// <summary>Distance of a point to the nearest point of the line. Allocates nothing; one pass over the legs.</summary>
    public double DistanceMetres(GeoPoint point)
    {
        var at = point.ToDirection();
        var nearest = at.AngleTo(points[0]);
        for (var i = 1; i < points.Length; i++)
        {
            nearest = Math.Min(nearest, AngleToLeg(at, points[i - 1], points[i]));
        }

        return nearest * GeoPoint.EarthRadiusMetres;
    }

    // Beside the leg the distance is the angle to the leg's great circle; past its ends it is that to the nearer end.
    private static double AngleToLeg(in Direction at, in Direction from, in Direction to)
    {
        var normal = from.Cross(to);
        var length = normal.Length;
        var isBeside = length > 0 && from.Cross(at).Dot(normal) >= 0 && at.Cross(to).Dot(normal) >= 0;
        return isBeside
            ? Math.Asin(Math.Min(1, Math.Abs(at.Dot(normal)) / length))
            : Math.Min(at.AngleTo(from), at.AngleTo(to));
    }
}
