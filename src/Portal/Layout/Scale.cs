namespace Earmark.Portal.Layout;

/// <summary>Maps values onto a length of an SVG. A range of one value lies in the middle.</summary>
public readonly record struct Scale(double From, double To, double Length)
{
    public double At(double value) => To > From ? (value - From) / (To - From) * Length : Length / 2;

    public static Scale Over(IEnumerable<double> values, double length)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite))
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return low > high ? new Scale(0, 0, length) : new Scale(low, high, length);
    }
}
