namespace Earmark.FirmwareProtocols.Weighing;

/// <summary>The words of a decoded line.</summary>
internal static class ScaleNames
{
    public static string Of(ScaleEvent happened) => happened switch
    {
        ScaleEvent.Weight => "weight",
        ScaleEvent.Overload => "overload",
        ScaleEvent.Underload => "underload",
        ScaleEvent.Blank => "blank",
        ScaleEvent.Invalid => "invalid",
        ScaleEvent.NotReady => "not-ready",
        ScaleEvent.Error => "error",
        ScaleEvent.Identity => "identity",
        ScaleEvent.Count => "count",
        _ => "question",
    };

    public static string Of(Stability stable) => stable switch
    {
        Stability.Yes => "yes",
        Stability.No => "no",
        Stability.Derived => "derived",
        _ => "unknown",
    };

    public static string Of(GrossNet grossNet) => grossNet switch
    {
        GrossNet.Gross => "gross",
        GrossNet.Net => "net",
        GrossNet.Tare => "tare",
        _ => "unknown",
    };
}
