namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>Packed decimal digits, two a byte, and times of six such bytes: YY MM DD hh mm ss.</summary>
internal static class Bcd
{
    public const int TimeLength = 6;
    private const int Century = 2000;

    public static bool IsDecimal(ReadOnlySpan<byte> digits)
    {
        foreach (byte pair in digits)
        {
            if ((pair & 0x0F) > 9 || pair > 0x99)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>All zeros mean that the terminal does not know the time: null. False when it is no time.</summary>
    public static bool TryReadTime(ReadOnlySpan<byte> field, TimeSpan zone, out DateTimeOffset? time)
    {
        time = null;
        field = field[..TimeLength];
        if (!field.ContainsAnyExcept((byte)0))
        {
            return true;
        }
        if (!IsDecimal(field))
        {
            return false;
        }
        int year = Century + Value(field[0]);
        int month = Value(field[1]);
        int day = Value(field[2]);
        int hour = Value(field[3]);
        int minute = Value(field[4]);
        int second = Value(field[5]);
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }
        long ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).Ticks - zone.Ticks;
        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>Whole seconds; what is finer is cut off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a time of this century in that zone.</exception>
    public static void WriteTime(DateTimeOffset? time, TimeSpan zone, Span<byte> field)
    {
        if (time is not { } known)
        {
            field[..TimeLength].Clear();
            return;
        }
        DateTime local = known.UtcDateTime + zone;
        ArgumentOutOfRangeException.ThrowIfLessThan(local.Year, Century, nameof(time));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(local.Year, Century + 99, nameof(time));
        ReadOnlySpan<int> parts = [local.Year - Century, local.Month, local.Day, local.Hour, local.Minute, local.Second];
        for (int i = 0; i < TimeLength; i++)
        {
            field[i] = (byte)(((parts[i] / 10) << 4) | (parts[i] % 10));
        }
    }

    private static int Value(byte pair) => ((pair >> 4) * 10) + (pair & 0x0F);
}
