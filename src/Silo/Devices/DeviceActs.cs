namespace Earmark.Silo.Devices;

/// <summary>What a person may do to one device.</summary>
public static class DeviceActs
{
    public const string Note = "note";
    public const string ClearTamper = "clear-tamper";
    public const string TakeOutOfService = "take-out-of-service";
    public const string PutInService = "put-in-service";

    /// <summary>Scales only; the detail is the last day it holds, <c>yyyy-MM-dd</c> (UTC).</summary>
    public const string Calibrate = "calibrate";
}
