using System.Globalization;

namespace Earmark.Finance;

/// <summary>
/// An amount of yuan (CNY), booked in whole 分 (0.01 yuan). Arithmetic is checked: an overflow throws instead of wrapping.
/// Other currencies live beside it in a <see cref="Posting"/>, never inside a sum.
/// </summary>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    public const string Currency = "CNY";

    private const int FenPerYuan = 100;

    public static readonly Money Zero;

    public bool IsZero => Fen == 0;

    public bool IsPositive => Fen > 0;

    /// <summary>The same amount in yuan, with at most two decimals.</summary>
    public decimal Yuan => (decimal)Fen / FenPerYuan;

    /// <summary>Yuan to fen under a named rounding. Throws <see cref="OverflowException"/> beyond ±92 quadrillion yuan.</summary>
    public static Money FromYuan(decimal yuan, Rounding rounding) => new(rounding.ToWhole(yuan * FenPerYuan));

    /// <summary>Yuan to fen only when nothing is lost: false for a third decimal or an amount out of range.</summary>
    public static bool TryFromYuan(decimal yuan, out Money money)
    {
        const decimal largest = long.MaxValue / FenPerYuan;
        money = Zero;
        if (yuan is < -largest or > largest || decimal.Truncate(yuan * FenPerYuan) != yuan * FenPerYuan)
        {
            return false;
        }

        money = new Money(decimal.ToInt64(yuan * FenPerYuan));
        return true;
    }

    /// <summary>amount × fraction, rounded once.</summary>
    public Money Times(Fraction fraction, Rounding rounding) =>
        new(checked((long)rounding.Divide((Int128)Fen * fraction.Millionths, Fraction.Scale)));

    public static Money Max(Money a, Money b) => a.Fen >= b.Fen ? a : b;

    public static Money Min(Money a, Money b) => a.Fen <= b.Fen ? a : b;

    public static Money Sum(IEnumerable<Money> amounts)
    {
        var total = Zero;
        foreach (var amount in amounts)
        {
            total += amount;
        }

        return total;
    }

    public static Money operator +(Money a, Money b) => new(checked(a.Fen + b.Fen));

    public static Money operator -(Money a, Money b) => new(checked(a.Fen - b.Fen));

    public static Money operator -(Money a) => new(checked(-a.Fen));

    public static bool operator <(Money a, Money b) => a.Fen < b.Fen;

    public static bool operator >(Money a, Money b) => a.Fen > b.Fen;

    public static bool operator <=(Money a, Money b) => a.Fen <= b.Fen;

    public static bool operator >=(Money a, Money b) => a.Fen >= b.Fen;

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    public override string ToString() => Yuan.ToString("0.00", CultureInfo.InvariantCulture);
}
