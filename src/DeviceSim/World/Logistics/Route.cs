namespace Earmark.DeviceSim.World.Logistics;

/// <summary>A road as a polyline of at least two different points.</summary>
public sealed class Route
{
    private readonly double[] _starts;

    public Route(string name, params GeoPoint[] points)
    {
        Name = name;
        Points = points;
        _starts = new double[points.Length];
        for (int i = 1; i < points.Length; i++)
        {
            _starts[i] = _starts[i - 1] + points[i - 1].MetresTo(points[i]);
        }
    }

    public string Name { get; }

    public IReadOnlyList<GeoPoint> Points { get; }

    public double LengthMetres => _starts[^1];

    /// <summary>
    /// Roads of Inner Mongolia and Hebei along the G6 and G7 (towns from OpenStreetMap, to about a kilometre). The trucks take them in turn.
    /// </summary>
    public static readonly IReadOnlyList<Route> Defaults =
    [
        new("hohhot-baotou", new(40.842, 111.749), new(40.725, 111.250), new(40.620, 110.880), new(40.555, 110.524), new(40.598, 110.030), new(40.657, 109.840)),
        new("hohhot-ulanqab", new(40.842, 111.749), new(40.850, 111.950), new(40.873, 112.260), new(40.894, 112.577), new(41.034, 113.114)),
        new("ulanqab-zhangjiakou", new(41.034, 113.114), new(40.876, 113.834), new(40.674, 114.385), new(40.767, 114.886)),
        new("zhangjiakou-changping", new(40.767, 114.886), new(40.594, 115.099), new(40.415, 115.517), new(40.457, 115.975), new(40.220, 116.231)),
    ];

    /// <param name="metres">From the first point; outside the route means its ends.</param>
    /// <returns>The place and the bearing of the road there, towards the last point.</returns>
    public (GeoPoint Place, double BearingDegrees) At(double metres)
    {
        double along = Math.Clamp(metres, 0, LengthMetres);
        int leg = 1;
        while (leg < _starts.Length - 1 && _starts[leg] <= along)
        {
            leg++;
        }

        GeoPoint from = Points[leg - 1];
        GeoPoint to = Points[leg];
        double share = (along - _starts[leg - 1]) / (_starts[leg] - _starts[leg - 1]);
        GeoPoint place = new(
            from.Latitude + share * (to.Latitude - from.Latitude),
            from.Longitude + share * (to.Longitude - from.Longitude));
        return (place, from.BearingTo(to));
    }
}
