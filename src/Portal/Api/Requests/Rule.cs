using Earmark.Contracts;
using Earmark.Contracts.Sites;
using Earmark.Finance;

namespace Earmark.Portal.Api.Requests;

/// <summary>Rules of single members; each answers a complaint or null.</summary>
internal static class Rule
{
    private const int CodeCharacters = 40;
    private const int CallerIdCharacters = 80;

    public static Complaint? First(params ReadOnlySpan<Complaint?> complaints)
    {
        foreach (var complaint in complaints)
        {
            if (complaint is not null)
            {
                return complaint;
            }
        }

        return null;
    }

    public static Complaint? Name(string? value, string path) => Names.IsValid(value)
        ? null
        : new Complaint(path, $"'{Shorten(value)}' is not 1 to {Names.MaximumLength} of a-z, 0-9 and '-'.");

    public static Complaint? Device(string? value, string path) => Names.IsValidDevice(value)
        ? null
        : new Complaint(path, $"'{Shorten(value)}' is not 1 to {Names.MaximumDeviceLength} of a-z, 0-9 and '-'.");

    /// <summary>ISO 11784: 15 digits.</summary>
    public static Complaint? Tag(string? value, string path) => value is null || (value.Length == 15 && value.All(char.IsAsciiDigit))
        ? null
        : new Complaint(path, $"'{Shorten(value)}' is not an ear-tag number of 15 digits.");

    public static Complaint? CallerId(string? value, string path) =>
        value is null || (value.Length is > 0 and <= CallerIdCharacters && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'))
            ? null
            : new Complaint(path, $"An id is 1 to {CallerIdCharacters} letters, digits, '-', '_', '.' or ':'.");

    public static Complaint? Text(string? value, string path, bool required = true) =>
        value is null or "" ? (required ? new Complaint(path, "It may not be empty.") : null)
        : value.Length > PortalLimits.TextCharacters ? new Complaint(path, $"It is longer than {PortalLimits.TextCharacters} characters.")
        : value.Any(char.IsControl) ? new Complaint(path, "It holds a control character.")
        : null;

    public static Complaint? OneOf(string? value, string path, params string[] codes) => codes.Contains(value)
        ? null
        : new Complaint(path, $"'{Shorten(value)}' is not one of {string.Join(", ", codes)}.");

    public static Complaint? Kilograms(decimal value, string path) => Amounts.TryGrams(value, out var grams) && grams > 0
        ? null
        : new Complaint(path, "Kilograms are more than 0 with at most three decimals.");

    public static Complaint? Yuan(decimal value, string path) => Money.TryFromYuan(value, out var money) && money.IsPositive
        ? null
        : new Complaint(path, "Yuan are more than 0 with at most two decimals.");

    public static Complaint? Between(decimal value, decimal low, decimal high, string path) => value >= low && value <= high
        ? null
        : new Complaint(path, $"It is not between {low} and {high}.");

    /// <summary>A fraction with at most six decimals.</summary>
    public static Complaint? Fraction(decimal value, decimal high, string path) =>
        value >= 0 && value <= high && decimal.Truncate(value * 1_000_000m) == value * 1_000_000m
            ? null
            : new Complaint(path, $"It is not between 0 and {high} with at most six decimals.");

    public static Complaint? Assets(IReadOnlyList<string> assetIds, string path)
    {
        if (assetIds.Count is 0 or > SiteLimits.AssetsPerCommand)
        {
            return new Complaint(path, $"It names 1 to {SiteLimits.AssetsPerCommand} assets.");
        }

        for (var index = 0; index < assetIds.Count; index++)
        {
            if (Name(assetIds[index], $"{path}[{index}]") is { } complaint)
            {
                return complaint;
            }
        }

        return assetIds.Distinct(StringComparer.Ordinal).Count() == assetIds.Count ? null : new Complaint(path, "It names an asset twice.");
    }

    private static string Shorten(string? value) => value is null ? "" : value.Length <= CodeCharacters ? value : value[..CodeCharacters] + "…";
}
