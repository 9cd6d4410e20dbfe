namespace Earmark.FirmwareProtocols.Iso11784;

/// <summary>Reasons animal numbers have, beside those of <see cref="Wire.WireReasons"/>.</summary>
public static class Iso11784Reasons
{
    /// <summary>0 or above 999.</summary>
    public const string BadCountry = "bad-country";

    /// <summary>Above 274,877,906,943: more than 38 bits.</summary>
    public const string BadNational = "bad-national";

    /// <summary>64 bits that are no code in either direction.</summary>
    public const string BadCode = "bad-code";
}
