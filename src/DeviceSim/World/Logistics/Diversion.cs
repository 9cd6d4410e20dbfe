namespace Earmark.DeviceSim.World.Logistics;

/// <summary>A way off the road, out and back.</summary>
internal sealed class Diversion(double lengthMetres, TimeSpan stay)
{
    /// <summary>Distance from the road.</summary>
    public double Metres { get; private set; }

    public bool GoingOut { get; private set; } = true;

    public bool Over => !GoingOut && Metres <= 0;

    /// <returns>Until when (Unix seconds) the truck now stands; 0 when it does not.</returns>
    public long Move(double metres, long now)
    {
        if (!GoingOut)
        {
            Metres = Math.Max(0, Metres - metres);
            return 0;
        }

        Metres = Math.Min(lengthMetres, Metres + metres);
        if (Metres < lengthMetres)
        {
            return 0;
        }

        GoingOut = false;
        return now + (long)stay.TotalSeconds;
    }
}
