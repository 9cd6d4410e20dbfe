namespace Earmark.FirmwareProtocols.GpsNode;

/// <summary>Quality of the fix, numbered as in NMEA GGA.</summary>
public enum GpsFix : byte
{
    /// <summary>No position is known.</summary>
    None = 0,
    Gnss = 1,
    Dgnss = 2,
    RtkFixed = 4,
    RtkFloat = 5,
}

/// <summary>Names of the fix qualities: <c>none, gnss, dgnss, rtk-fixed, rtk-float</c>.</summary>
public static class GpsFixes
{
    public static bool IsKnown(byte fix) => fix is 0 or 1 or 2 or 4 or 5;

    public static string Name(GpsFix fix) => fix switch
    {
        GpsFix.None => "none",
        GpsFix.Gnss => "gnss",
        GpsFix.Dgnss => "dgnss",
        GpsFix.RtkFixed => "rtk-fixed",
        GpsFix.RtkFloat => "rtk-float",
        _ => throw new ArgumentOutOfRangeException(nameof(fix), fix, "Not a fix quality."),
    };

    public static bool TryParse(ReadOnlySpan<char> name, out GpsFix fix)
    {
        foreach (GpsFix candidate in (ReadOnlySpan<GpsFix>)[GpsFix.None, GpsFix.Gnss, GpsFix.Dgnss, GpsFix.RtkFixed, GpsFix.RtkFloat])
        {
            if (name.SequenceEqual(Name(candidate)))
            {
                fix = candidate;
                return true;
            }
        }
        fix = default;
        return false;
    }
}
