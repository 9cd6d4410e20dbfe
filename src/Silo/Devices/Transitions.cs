namespace Earmark.Silo.Devices;

/// <summary>Names of transitions a site may put to a device. What lowers value holds at once; what raises it waits for the device's answer.</summary>
public static class Transitions
{
    public const string Missing = "missing";
    public const string DeadPresumed = "dead-presumed";
    public const string Found = "found";
    public const string Revived = "revived";
    public const string Tampered = "tampered";
    public const string TagLost = "tag-lost";
    public const string Silent = "silent";
    public const string Heard = "heard";
    public const string SealBroken = "seal-broken";
    public const string OffCorridor = "off-corridor";
    public const string BackOnCorridor = "back-on-corridor";
    public const string MassImbalance = "mass-imbalance";
    public const string Reweighed = "reweighed";
}
