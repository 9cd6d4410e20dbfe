using System.Globalization;
using Earmark.Finance;
using Microsoft.AspNetCore.Http;

namespace Earmark.Portal.Forms;

/// <summary>
/// Fields of a posted form or a query string, read strictly: what does not parse is null and the form says so. Texts are
/// trimmed and cut off at nothing: one that is too long is null too.
/// </summary>
public sealed class Posted(Func<string, string> field, Func<string, IReadOnlyList<string>> fields)
{
    private static readonly CultureInfo Digits = CultureInfo.InvariantCulture;

    public static async Task<Posted> FormAsync(HttpContext context, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        return new Posted(name => form[name].ToString(), name => [.. form[name].OfType<string>()]);
    }

    public static Posted Query(HttpRequest request) =>
        new(name => request.Query[name].ToString(), name => [.. request.Query[name].OfType<string>()]);

    /// <summary>Null when empty or longer than allowed.</summary>
    public string? Text(string name, int maximum = PortalLimits.TextCharacters)
    {
        var text = field(name).Trim();
        return text.Length == 0 || text.Length > maximum ? null : text;
    }

    /// <summary>An id by the grammar of names; null otherwise.</summary>
    public string? Name(string name) => Text(name) is { } text && Contracts.Names.IsValid(text) ? text : null;

    /// <summary>Yuan with at most two decimals, as fen; thousands may be set off by commas. Null for anything else.</summary>
    public long? Fen(string name) => Number(name) is { } yuan && Money.TryFromYuan(yuan, out var money) ? money.Fen : null;

    /// <summary>Kilograms to the gram.</summary>
    public long? Grams(string name) =>
        Number(name) is { } kilograms && Math.Abs(kilograms) < 1e12m && decimal.Truncate(kilograms * 1_000m) == kilograms * 1_000m
            ? decimal.ToInt64(kilograms * 1_000m)
            : null;

    /// <summary>Yuan per kilogram with at most five decimals, as fen per tonne.</summary>
    public long? FenPerTonne(string name) =>
        Number(name) is { } yuan && yuan is > 0 and <= 1_000_000m && decimal.Truncate(yuan * 100_000m) == yuan * 100_000m
            ? decimal.ToInt64(yuan * 100_000m)
            : null;

    public int? Whole(string name) => int.TryParse(field(name).Trim(), NumberStyles.None, Digits, out var whole) ? whole : null;

    public double? Degrees(string name) =>
        double.TryParse(field(name).Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, Digits, out var degrees) ? degrees : null;

    public DateOnly? Day(string name) =>
        DateOnly.TryParseExact(field(name).Trim(), "yyyy-MM-dd", Digits, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Ids from several fields of that name, each holding one or many, set apart by blanks, commas or lines.</summary>
    public IReadOnlyList<string> Names(string name, int maximum) =>
        [.. fields(name).SelectMany(text => text.Split([' ', ',', '，', '、', ';', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal).Take(maximum + 1)];

    private decimal? Number(string name) =>
        decimal.TryParse(field(name).Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, Digits, out var number) ? number : null;
}
