using System.Globalization;

namespace Earmark.Portal.Layout;

/// <summary>Figures as people read them. The same digits in every language, so that a live island may replace them.</summary>
public static class Show
{
    private const decimal GramsPerKilogram = 1_000m;
    private const decimal FenPerYuan = 100m;
    private const decimal PpmPerPercent = 10_000m;

    // The institution's zone; a row of the register in the issue that brings more than one institution.
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static readonly CultureInfo Digits = CultureInfo.InvariantCulture;

    /// <summary>分 as yuan: 1,234.56.</summary>
    public static string Money(long fen) => (fen / FenPerYuan).ToString("#,##0.00", Digits);

    public static string Money(long? fen) => fen is { } some ? Money(some) : Unknown;

    /// <summary>Grams as kilograms with one decimal.</summary>
    public static string Kilograms(long grams) => (grams / GramsPerKilogram).ToString("#,##0.0", Digits);

    /// <summary>Millionths as percent with one decimal: 62.5 %.</summary>
    public static string Percent(long ppm) => (ppm / PpmPerPercent).ToString("0.0", Digits) + " %";

    /// <summary>LTV: a null one is beyond every line, and says so.</summary>
    public static string Ltv(long? ppm) => ppm is { } some ? Percent(some) : "∞";

    public static string Count(long count) => count.ToString("#,##0", Digits);

    /// <summary>分 per tonne as yuan per kilogram: 30.00.</summary>
    public static string YuanPerKilogram(long fenPerTonne) => (fenPerTonne / 100_000m).ToString("#,##0.00###", Digits);

    public static string Celsius(int? centidegrees) => centidegrees is { } some ? (some / 100m).ToString("0.0", Digits) + " °C" : Unknown;

    /// <summary>Degrees WGS-84 to about a metre: 42.10000, 119.20000.</summary>
    public static string Position(double latitude, double longitude) => latitude.ToString("0.00000", Digits) + ", " + longitude.ToString("0.00000", Digits);

    /// <summary>Hex digits in groups of four bytes, so that a line may break and an offset be counted.</summary>
    public static string Hex(string digits) => string.Join(' ', digits.Chunk(8).Select(group => new string(group)));

    /// <summary>In the institution's zone, to the minute.</summary>
    public static string Instant(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-dd HH:mm", Digits);

    public static string Instant(DateTimeOffset? at) => at is { } some ? Instant(some) : Unknown;

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", Digits);

    /// <summary>The business day of an instant, in the institution's zone.</summary>
    public static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);

    /// <summary>The instant at which a day begins in the institution's zone.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>For <c>datetime</c> attributes and data attributes of islands.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", Digits);

    public const string Unknown = "–";
}
