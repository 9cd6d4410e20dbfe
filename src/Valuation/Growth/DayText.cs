using System.Globalization;

namespace Earmark.Valuation.Growth;

/// <summary>A day as a file writes it: a whole number from any origin, or <c>yyyy-MM-dd</c>. One file has one of the two.</summary>
public static class DayText
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>A whole number, also when a spreadsheet wrote it as <c>14.0</c>; a date counts from 0001-01-01.</summary>
    public static bool TryRead(string? text, out int day, out bool isDate)
    {
        text = text?.Trim();
        isDate = DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = date.DayNumber;
        if (isDate)
        {
            return true;
        }

        const NumberStyles whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var isNumber = decimal.TryParse(text, whole, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue / 2;
        day = isNumber ? (int)number : 0;
        return isNumber;
    }
}
