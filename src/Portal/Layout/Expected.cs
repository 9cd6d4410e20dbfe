namespace Earmark.Portal.Layout;

/// <summary>
/// How often a device is expected to be heard, as pages judge it: three times as long without news reads as "no signal".
/// Stations and nodes follow the default of the policy (unobserved after 30 minutes); scales and feeders speak only when used.
/// </summary>
public static class Expected
{
    public const int StationSeconds = 600;
    public const int TagSeconds = 1_200;

    public static int Seconds(string kind) => kind switch
    {
        "base-station" or "gps-node" => StationSeconds,
        "ear-tag" => TagSeconds,
        _ => 0,
    };
}
