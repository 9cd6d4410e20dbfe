using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Nmea;

/// <summary>What the fields of the four kinds mean. Without a valid fix there is no position, whatever stands in its fields.</summary>
internal static class NmeaMeaning
{
    private const decimal KilometresPerNauticalMile = 1.852m;
    private const decimal FullCircle = 360m;
    private const int MostSatellites = 99;

    public static bool IsKnown(string kind) => kind is "GGA" or "RMC" or "VTG" or "GLL";

    /// <summary>Fields a kind has in its oldest and newest edition.</summary>
    public static (int Least, int Most) Count(string kind) => kind switch
    {
        "GGA" => (14, 14),
        "RMC" => (11, 13),
        "VTG" => (8, 9),
        _ => (6, 7),
    };

    public static NmeaFix Read(string kind, NmeaFields fields) => kind switch
    {
        "GGA" => Gga(fields),
        "RMC" => Rmc(fields),
        "VTG" => Vtg(fields),
        _ => Gll(fields),
    };

    private static NmeaFix Gga(NmeaFields fields)
    {
        string? quality = NmeaQuality.OfDigit(fields.Text(5));
        if (quality is null && fields.Text(5).Length > 0)
        {
            fields.Refuse(WireReasons.BadFormat, 5);
        }
        decimal? satellites = fields.Number(6);
        if (satellites is < 0 or > MostSatellites || satellites != decimal.Truncate(satellites ?? 0))
        {
            fields.Refuse(satellites is null ? WireReasons.BadFormat : WireReasons.BadDigits, 6);
        }
        NmeaFix fix = At(fields, 1, quality ?? NmeaQuality.None) with
        {
            TimeOfDay = fields.TimeOfDay(0),
            Satellites = (int?)satellites,
            HorizontalDilution = fields.Number(7),
            GeoidSeparationMetres = fields.Number(10),
        };
        decimal? altitude = fields.Number(8);
        return fix with { AltitudeMetres = fix.Located == true ? altitude : null };
    }

    private static NmeaFix Rmc(NmeaFields fields)
    {
        NmeaFix fix = At(fields, 2, Valid(fields, 1, 11));
        TimeSpan? time = fields.TimeOfDay(0);
        decimal? speed = fields.Number(6) * KilometresPerNauticalMile;
        decimal? direction = Direction(fields, 7);
        DateTimeOffset? date = fields.Date(8);
        return fix with
        {
            TimeOfDay = time,
            Time = time is { } ofDay ? date + ofDay : null,
            SpeedKilometresPerHour = fix.Located == true ? speed : null,
            DirectionDegrees = fix.Located == true ? direction : null,
        };
    }

    private static NmeaFix Vtg(NmeaFields fields)
    {
        string? quality = Mode(fields, 8);
        decimal? speed = fields.Number(6) ?? (fields.Number(4) * KilometresPerNauticalMile);
        decimal? direction = Direction(fields, 0);
        return NmeaQuality.IsFound(quality)
            ? new NmeaFix(null, SpeedKilometresPerHour: speed, DirectionDegrees: direction, Quality: quality)
            : new NmeaFix(null, Quality: quality);
    }

    private static NmeaFix Gll(NmeaFields fields) => At(fields, 0, Valid(fields, 5, 6)) with { TimeOfDay = fields.TimeOfDay(4) };

    private static NmeaFix At(NmeaFields fields, int index, string? quality)
    {
        decimal? latitude = fields.Degrees(index, 2, "N", "S");
        decimal? longitude = fields.Degrees(index + 2, 3, "E", "W");
        bool located = NmeaQuality.IsFound(quality) && latitude is not null && longitude is not null && (latitude != 0 || longitude != 0);
        return located ? new NmeaFix(true, latitude, longitude, Quality: quality) : new NmeaFix(false, Quality: quality);
    }

    /// <summary>A, V and the mode of later editions together.</summary>
    private static string? Valid(NmeaFields fields, int status, int mode)
    {
        if (fields.Text(status) is not ("A" or "V" or ""))
        {
            fields.Refuse(WireReasons.BadFormat, status);
        }
        string? quality = Mode(fields, mode);
        return fields.Text(status) == "A" ? quality : NmeaQuality.None;
    }

    private static string? Mode(NmeaFields fields, int index)
    {
        string? quality = NmeaQuality.OfLetter(fields.Text(index));
        if (quality is null && fields.Text(index).Length > 0)
        {
            fields.Refuse(WireReasons.BadFormat, index);
        }
        return quality;
    }

    private static decimal? Direction(NmeaFields fields, int index) => fields.Number(index) is { } degrees and >= 0 and <= FullCircle ? degrees : null;
}
