namespace Earmark.Valuation;

/// <summary>A place on WGS 84, in degrees; north and east positive. Devices that speak GCJ-02 convert before.</summary>
public readonly record struct GeoPoint(double LatitudeDegrees, double LongitudeDegrees)
{
    /// <summary>Mean radius R1 of the earth (IUGG), metres. A sphere of it is within 0.6 % of the ellipsoid, enough for a corridor.</summary>
    public const double EarthRadiusMetres = 6_371_008.8;

    public bool IsValid => LatitudeDegrees is >= -90 and <= 90 && LongitudeDegrees is >= -180 and <= 180;

    /// <summary>From 10^-7 degrees, as nodes report.</summary>
    public static GeoPoint FromE7(int latitudeE7, int longitudeE7) => new(latitudeE7 / 1e7, longitudeE7 / 1e7);

    /// <summary>Great-circle distance.</summary>
    public double DistanceMetres(GeoPoint other) => ToDirection().AngleTo(other.ToDirection()) * EarthRadiusMetres;

    internal Direction ToDirection()
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(double.DegreesToRadians(LatitudeDegrees));
        var (sinLongitude, cosLongitude) = Math.SinCos(double.DegreesToRadians(LongitudeDegrees));
        return new Direction(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
    }
}
