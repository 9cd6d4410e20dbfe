namespace Earmark.Finance;

/// <summary>How a figure becomes whole; every place that rounds names one of these. Symmetric about zero, so a debit and its credit round alike.</summary>
public enum Rounding
{
    /// <summary>To the nearest; a half goes away from zero (四舍五入).</summary>
    HalfUp,

    /// <summary>To the nearest; a half goes to the even neighbour.</summary>
    HalfEven,

    /// <summary>Away from zero.</summary>
    Up,

    /// <summary>Toward zero.</summary>
    Down,
}

public static class RoundingRules
{
    /// <summary>The whole number nearest to <paramref name="value"/> under this rounding. Throws <see cref="OverflowException"/> outside Int64.</summary>
    public static long ToWhole(this Rounding rounding, decimal value) => decimal.ToInt64(rounding switch
    {
        Rounding.HalfUp => decimal.Round(value, 0, MidpointRounding.AwayFromZero),
        Rounding.HalfEven => decimal.Round(value, 0, MidpointRounding.ToEven),
        Rounding.Up => value >= 0 ? decimal.Ceiling(value) : decimal.Floor(value),
        Rounding.Down => decimal.Truncate(value),
        _ => throw new ArgumentOutOfRangeException(nameof(rounding)),
    });

    /// <summary>numerator ÷ denominator, whole under this rounding; exact for any Int128 that leaves room to double the remainder.</summary>
    public static Int128 Divide(this Rounding rounding, Int128 numerator, Int128 denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var (quotient, remainder) = Int128.DivRem(numerator, denominator);
        if (remainder == 0)
        {
            return quotient;
        }

        var away = Int128.IsNegative(numerator) ? Int128.NegativeOne : Int128.One;
        var twice = Int128.Abs(remainder) * 2;
        var roundAway = rounding switch
        {
            Rounding.HalfUp => twice >= denominator,
            Rounding.HalfEven => twice > denominator || (twice == denominator && !Int128.IsEvenInteger(quotient)),
            Rounding.Up => true,
            Rounding.Down => false,
            _ => throw new ArgumentOutOfRangeException(nameof(rounding)),
        };
        return roundAway ? quotient + away : quotient;
    }
}
