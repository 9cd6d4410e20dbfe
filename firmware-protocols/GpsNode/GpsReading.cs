namespace Earmark.FirmwareProtocols.GpsNode;

/// <summary>Where a node is (WGS 84) and how it moves.</summary>
/// <param name="LatitudeE7">10^-7 degrees, north positive, ±900,000,000.</param>
/// <param name="LongitudeE7">10^-7 degrees, east positive, ±1,800,000,000.</param>
/// <param name="SpeedDecikilometresPerHour">0.1 km/h, 0…4,000; null when unknown.</param>
/// <param name="HeadingDecidegrees">0.1 degree clockwise from north, 0…3,599; null when unknown, as it is at rest.</param>
/// <param name="AccuracyDecimetres">Estimated horizontal error (1 σ), 0.1 m, 1…65,534; null when unknown.</param>
public readonly record struct GpsPosition(
    int LatitudeE7, int LongitudeE7, ushort? SpeedDecikilometresPerHour, ushort? HeadingDecidegrees, ushort? AccuracyDecimetres);

/// <summary>One report of a GPS node.</summary>
/// <param name="Fix">How the position was found.</param>
/// <param name="Position">Null exactly when there is no fix: an unknown position is never 0, 0.</param>
/// <param name="Satellites">Used in the fix, 0–99.</param>
/// <param name="Inputs">Seal, door, power.</param>
/// <param name="BatteryPercent">0–100; null when the node has no battery or cannot measure it.</param>
public readonly record struct GpsReading(GpsFix Fix, GpsPosition? Position, byte Satellites, GpsInputs Inputs, byte? BatteryPercent);
