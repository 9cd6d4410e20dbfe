namespace Earmark.FirmwareProtocols.Nmea;

/// <summary>How a position was found: of GGA a digit, of the others a letter (NMEA 2.3 and later).</summary>
internal static class NmeaQuality
{
    public const string None = "none";

    /// <summary>Null for a digit nobody defined.</summary>
    public static string? OfDigit(string digit) => digit switch
    {
        "0" => None,
        "1" => "gnss",
        "2" => "dgnss",
        "3" => "pps",
        "4" => "rtk-fixed",
        "5" => "rtk-float",
        "6" => "estimated",
        "7" => "manual",
        "8" => "simulated",
        "9" => "sbas",
        _ => null,
    };

    /// <summary>Null for a letter nobody defined.</summary>
    public static string? OfLetter(string letter) => letter switch
    {
        "N" => None,
        "A" => "gnss",
        "D" => "dgnss",
        "P" => "pps",
        "R" => "rtk-fixed",
        "F" => "rtk-float",
        "E" => "estimated",
        "M" => "manual",
        "S" => "simulated",
        _ => null,
    };

    /// <summary>A place somebody typed in or a simulator made is not where the node is.</summary>
    public static bool IsFound(string? quality) => quality is not (None or "manual" or "simulated");
}
