using System.Globalization;

namespace Earmark.Finance;

/// <summary>A share, rate or factor in whole millionths: 650,000 is 0.65. Haircuts, ramps, lines and annual rates are these, so sums over them never depend on order.</summary>
public readonly record struct Fraction(int Millionths) : IComparable<Fraction>
{
    public const int Scale = 1_000_000;

    public static readonly Fraction Zero;

    public static readonly Fraction One = new(Scale);

    public decimal Value => (decimal)Millionths / Scale;

    /// <summary>1 − this.</summary>
    public Fraction Complement => new(Scale - Millionths);

    /// <summary>Whole percent: 65 gives 0.65.</summary>
    public static Fraction Percent(int percent) => new(checked(percent * (Scale / 100)));

    /// <summary>A decimal fraction (0.0385) under a named rounding to the millionth.</summary>
    public static Fraction From(decimal value, Rounding rounding) => new(checked((int)rounding.ToWhole(value * Scale)));

    /// <summary>This share of a quantity, rounded down to the gram: a factor may cost up to a gram an asset, it never adds one.</summary>
    public long OfGrams(long grams) => grams < long.MaxValue / Scale && Millionths <= Scale && grams >= 0
        ? grams * Millionths / Scale
        : checked((long)((Int128)grams * Millionths / Scale));

    public Fraction Times(Fraction other) => new(checked((int)((long)Millionths * other.Millionths / Scale)));

    public int CompareTo(Fraction other) => Millionths.CompareTo(other.Millionths);

    public static bool operator <(Fraction a, Fraction b) => a.Millionths < b.Millionths;

    public static bool operator >(Fraction a, Fraction b) => a.Millionths > b.Millionths;

    public static bool operator <=(Fraction a, Fraction b) => a.Millionths <= b.Millionths;

    public static bool operator >=(Fraction a, Fraction b) => a.Millionths >= b.Millionths;

    public override string ToString() => Value.ToString("0.######", CultureInfo.InvariantCulture);
}
