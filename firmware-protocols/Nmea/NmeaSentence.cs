namespace Earmark.FirmwareProtocols.Nmea;

/// <summary>A sentence as it came, and what it says.</summary>
/// <param name="Talker">Two letters: GP, GN, GL, GA, BD, GB.</param>
/// <param name="Kind">GGA, RMC, VTG or GLL.</param>
/// <param name="Fields">Between the commas, after the kind.</param>
/// <param name="Fix">What the fields mean.</param>
/// <param name="ChecksumOverlooked">Wrong or missing, taken because the device is set to lenient.</param>
public sealed record NmeaSentence(string Talker, string Kind, IReadOnlyList<string> Fields, NmeaFix Fix, bool ChecksumOverlooked);

/// <summary>What a sentence says; null is what it does not say or does not know.</summary>
/// <param name="Located">True only with a valid position that is not 0, 0. Null for VTG, which has none.</param>
/// <param name="Latitude">Degrees, north positive.</param>
/// <param name="Longitude">Degrees, east positive.</param>
/// <param name="AltitudeMetres">Above mean sea level.</param>
/// <param name="SpeedKilometresPerHour">Over ground.</param>
/// <param name="DirectionDegrees">Over ground, clockwise from true north.</param>
/// <param name="Time">RMC alone has a date.</param>
/// <param name="TimeOfDay">UTC.</param>
/// <param name="Quality">See <see cref="NmeaQuality"/>.</param>
/// <param name="Satellites">In use.</param>
/// <param name="HorizontalDilution">HDOP.</param>
/// <param name="GeoidSeparationMetres">Mean sea level above the ellipsoid.</param>
public sealed record NmeaFix(
    bool? Located,
    decimal? Latitude = null,
    decimal? Longitude = null,
    decimal? AltitudeMetres = null,
    decimal? SpeedKilometresPerHour = null,
    decimal? DirectionDegrees = null,
    DateTimeOffset? Time = null,
    TimeSpan? TimeOfDay = null,
    string? Quality = null,
    int? Satellites = null,
    decimal? HorizontalDilution = null,
    decimal? GeoidSeparationMetres = null);
