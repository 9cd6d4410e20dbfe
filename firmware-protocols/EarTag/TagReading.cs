namespace Earmark.FirmwareProtocols.EarTag;

/// <summary>What one ear tag reported, without its number: 8 bytes, the same in an ear tag's own frame and in a base station's round.</summary>
/// <param name="RssiDbm">Received strength, −127…0 dBm; null when not measured.</param>
/// <param name="Flags">See <see cref="TagFlags"/>.</param>
/// <param name="BatteryFifteenths">Charge left, 0–15 fifteenths.</param>
/// <param name="ActivityCount">Movements since the tag was last heard; stays at 65,535 rather than wrapping.</param>
/// <param name="MotionlessMinutes">Minutes without any movement up to now; stays at 65,535.</param>
/// <param name="TemperatureCentiCelsius">At the ear, in 0.01 °C, −4000…8500; null when unknown.</param>
public readonly record struct TagReading(
    sbyte? RssiDbm, TagFlags Flags, byte BatteryFifteenths, ushort ActivityCount, ushort MotionlessMinutes, short? TemperatureCentiCelsius)
{
    public const int MaxBatteryFifteenths = 15;

    /// <summary>Charge left in whole percent, half up: 0, 7, 13, 20, 27, 33, 40, 47, 53, 60, 67, 73, 80, 87, 93 or 100.</summary>
    public int BatteryPercent => ((BatteryFifteenths * 200) + 15) / 30;
}
