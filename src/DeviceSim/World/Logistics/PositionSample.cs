namespace Earmark.DeviceSim.World.Logistics;

/// <summary>What a node on a truck measures.</summary>
/// <param name="Place">With the receiver's error; null without a fix.</param>
public sealed record PositionSample(
    DateTimeOffset At, GeoPoint? Place, double SpeedKilometresPerHour, double HeadingDegrees, double AccuracyMetres, int Satellites,
    bool SealIntact, bool DoorOpen);
