namespace Earmark.Valuation;

/// <summary>A direction from the earth's centre. Directions know no date line and no pole.</summary>
internal readonly record struct Direction(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(Dot(this));

    public double Dot(in Direction other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public Direction Cross(in Direction other) =>
        new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    /// <summary>Angle between two directions in radians; good for tiny angles too, where an arc cosine is not.</summary>
    public double AngleTo(in Direction other) => Math.Atan2(Cross(other).Length, Dot(other));
}
