namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>The 28 bytes every location has. Raw values are kept as they came; what they mean is in the properties.</summary>
/// <param name="Alarms">Bit by bit, see <see cref="Jt808Bits"/>.</param>
/// <param name="Status">Bit by bit, see <see cref="Jt808Bits"/>.</param>
/// <param name="RawLatitude">10^-6 degrees without a sign; the hemisphere is in the status.</param>
/// <param name="RawLongitude">10^-6 degrees without a sign.</param>
/// <param name="RawAltitude">Metres.</param>
/// <param name="RawSpeed">0.1 km/h.</param>
/// <param name="RawDirection">Degrees clockwise from north.</param>
/// <param name="Time">UTC; null when the terminal did not know it.</param>
public readonly record struct Jt808Location(
    uint Alarms, uint Status, uint RawLatitude, uint RawLongitude, ushort RawAltitude, ushort RawSpeed, ushort RawDirection, DateTimeOffset? Time)
{
    public const uint MaxLatitude = 90_000_000;
    public const uint MaxLongitude = 180_000_000;
    internal const uint LocatedBit = 1u << 1;
    private const uint SouthBit = 1u << 2;
    private const uint WestBit = 1u << 3;

    /// <summary>The status says so and the position is not 0, 0: without a fix terminals repeat an old place or send zeros.</summary>
    public bool IsLocated => (Status & LocatedBit) != 0 && (RawLatitude | RawLongitude) != 0;

    /// <summary>10^-6 degrees, north positive; null without a fix.</summary>
    public int? LatitudeE6 => IsLocated ? (Status & SouthBit) != 0 ? -(int)RawLatitude : (int)RawLatitude : null;

    /// <summary>10^-6 degrees, east positive; null without a fix.</summary>
    public int? LongitudeE6 => IsLocated ? (Status & WestBit) != 0 ? -(int)RawLongitude : (int)RawLongitude : null;

    /// <summary>Below sea level some terminals send a negative number, which the standard does not know; no road is 32,768 m high. Null without a fix.</summary>
    public int? AltitudeMetres => IsLocated ? (short)RawAltitude : null;

    /// <summary>0.1 km/h; null without a fix or when the terminal says it does not know (65535).</summary>
    public ushort? SpeedDecikilometresPerHour => IsLocated && RawSpeed != ushort.MaxValue ? RawSpeed : null;

    /// <summary>Null without a fix and for anything that is no direction.</summary>
    public ushort? DirectionDegrees => IsLocated && RawDirection <= 360 ? RawDirection : null;
}
