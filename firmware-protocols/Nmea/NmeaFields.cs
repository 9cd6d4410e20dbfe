using System.Globalization;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Nmea;

/// <summary>Reads the fields of a sentence one by one; the first thing wrong is kept with its place. An empty field is null and not wrong.</summary>
internal sealed class NmeaFields(IReadOnlyList<string> fields, int offset)
{
    private const int Century = 1900;
    private const int PivotYear = 80;

    /// <summary>10^-8 degrees is a millimetre.</summary>
    private const int DegreeDecimals = 8;

    public Refusal Wrong { get; private set; }

    public string Text(int index) => index < fields.Count ? fields[index] : "";

    public decimal? Number(int index)
    {
        if (Text(index).Length == 0)
        {
            return null;
        }
        if (ScaleNumber.Read(System.Text.Encoding.UTF8.GetBytes(Text(index)), out decimal value) == NumberReading.Good && !Text(index).Contains(' ', StringComparison.Ordinal))
        {
            return value;
        }
        Refuse(WireReasons.BadDigits, index);
        return null;
    }

    /// <summary>Degrees and minutes, <c>ddmm.mmmm</c>, with the hemisphere in the next field.</summary>
    public decimal? Degrees(int index, int digits, string positive, string negative)
    {
        string text = Text(index);
        string hemisphere = Text(index + 1);
        if (text.Length == 0)
        {
            return null;
        }
        int point = text.IndexOf('.', StringComparison.Ordinal);
        bool good = (point < 0 ? text.Length : point) == digits + 2 && text.All(character => char.IsAsciiDigit(character) || character == '.') && Number(index) is not null
            && (hemisphere == positive || hemisphere == negative);
        if (!good)
        {
            Refuse(WireReasons.BadPosition, index);
            return null;
        }
        int degrees = int.Parse(text[..digits], CultureInfo.InvariantCulture);
        decimal minutes = decimal.Parse(text[digits..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        decimal value = degrees + decimal.Round(minutes / 60, DegreeDecimals, MidpointRounding.AwayFromZero);
        if (minutes >= 60 || value > (digits == 2 ? 90 : 180))
        {
            Refuse(WireReasons.BadPosition, index);
            return null;
        }
        return hemisphere == negative && value != 0 ? -value : value;
    }

    /// <summary><c>hhmmss.sss</c>; a leap second 60 runs into the next minute.</summary>
    public TimeSpan? TimeOfDay(int index)
    {
        string text = Text(index);
        if (text.Length == 0)
        {
            return null;
        }
        bool digits = text.Length >= 6 && text[..6].All(char.IsAsciiDigit) && (text.Length == 6 || (text[6] == '.' && text.Length <= 14 && text[7..].All(char.IsAsciiDigit)));
        int hours = digits ? int.Parse(text[..2], CultureInfo.InvariantCulture) : 99;
        int minutes = digits ? int.Parse(text[2..4], CultureInfo.InvariantCulture) : 99;
        int seconds = digits ? int.Parse(text[4..6], CultureInfo.InvariantCulture) : 99;
        if (hours > 23 || minutes > 59 || seconds > 60)
        {
            Refuse(WireReasons.BadTime, index);
            return null;
        }
        long ticks = text.Length <= 7 ? 0 : long.Parse(text[7..].PadRight(7, '0'), CultureInfo.InvariantCulture);
        return new TimeSpan(hours, minutes, seconds) + TimeSpan.FromTicks(ticks);
    }

    /// <summary><c>ddmmyy</c>: from 80 on of the last century.</summary>
    public DateTimeOffset? Date(int index)
    {
        string text = Text(index);
        if (text.Length == 0)
        {
            return null;
        }
        bool good = text.Length == 6 && text.All(char.IsAsciiDigit);
        int year = good ? int.Parse(text[4..], CultureInfo.InvariantCulture) : 0;
        year += year >= PivotYear ? Century : Century + 100;
        int month = good ? int.Parse(text[2..4], CultureInfo.InvariantCulture) : 0;
        int day = good ? int.Parse(text[..2], CultureInfo.InvariantCulture) : 0;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            Refuse(WireReasons.BadTime, index);
            return null;
        }
        return new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
    }

    public void Refuse(string reason, int index)
    {
        if (Wrong.IsNone)
        {
            Wrong = new Refusal(reason, offset + fields.Take(index).Sum(field => field.Length + 1));
        }
    }
}
