namespace Earmark.DeviceSim.World.Logistics;

/// <summary>WGS 84, degrees.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Mean earth radius of the IUGG, 6,371,008.8 m.</summary>
    private const double EarthRadiusMetres = 6_371_008.8;

    private const double Degree = Math.PI / 180;

    /// <summary>Great-circle distance by the haversine formula.</summary>
    public double MetresTo(GeoPoint other)
    {
        double half = Math.Pow(Math.Sin((other.Latitude - Latitude) * Degree / 2), 2)
            + Math.Cos(Latitude * Degree) * Math.Cos(other.Latitude * Degree) * Math.Pow(Math.Sin((other.Longitude - Longitude) * Degree / 2), 2);
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    /// <summary>Initial bearing in degrees, 0 to below 360, north 0, east 90.</summary>
    public double BearingTo(GeoPoint other)
    {
        double east = (other.Longitude - Longitude) * Degree;
        double y = Math.Sin(east) * Math.Cos(other.Latitude * Degree);
        double x = Math.Cos(Latitude * Degree) * Math.Sin(other.Latitude * Degree)
            - Math.Sin(Latitude * Degree) * Math.Cos(other.Latitude * Degree) * Math.Cos(east);
        return (Math.Atan2(y, x) / Degree + 360) % 360;
    }

    /// <summary>A point a short way off; a flat earth is good enough for tens of kilometres.</summary>
    public GeoPoint Offset(double northMetres, double eastMetres) => new(
        Latitude + northMetres / EarthRadiusMetres / Degree,
        Longitude + eastMetres / (EarthRadiusMetres * Math.Cos(Latitude * Degree)) / Degree);
}
