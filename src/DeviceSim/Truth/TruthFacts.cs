namespace Earmark.DeviceSim.Truth;

/// <summary>The names of facts in the truth log.</summary>
public static class TruthFacts
{
    public const string Began = "began";
    public const string Paused = "paused";
    public const string Died = "died";
    public const string Stolen = "stolen";
    public const string TagLost = "tag-lost";
    public const string FellIll = "fell-ill";
    public const string Born = "born";
    public const string PenWeighed = "pen-weighed";
    public const string PenFed = "pen-fed";
    public const string LotIn = "lot-in";
    public const string LotOut = "lot-out";
    public const string LotOutUnbooked = "lot-out-unbooked";
    public const string ScaleDrifts = "scale-drifts";
    public const string Departed = "departed";
    public const string Arrived = "arrived";
    public const string SealBroken = "seal-broken";
    public const string Diverted = "diverted";
    public const string Stopped = "stopped";
    public const string UplinkCut = "uplink-cut";
    public const string Buffering = "buffering";
    public const string PoweredOff = "powered-off";
    public const string ClockShifted = "clock-shifted";
}
