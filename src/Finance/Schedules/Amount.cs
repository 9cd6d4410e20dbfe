namespace Earmark.Finance;

/// <summary>Rounds what a schedule computes: amounts to the currency multiple, equal parts to the instalment multiple, both by the terms' rounding.</summary>
internal readonly struct Amount(ScheduleTerms terms)
{
    // A repeating decimal (a twelfth) is cut at 28 digits; twelve places of a fen put an exact half back where it was.
    private const int ExactPlaces = 12;

    // The same in binary: 2^-40 of a fen, for balances below 2^40 fen.
    private const long FixedBalance = 1L << 40;
    private static readonly Int128 Whole = Int128.One << Factor.FixedBits;
    private static readonly Int128 Half = Whole >> 1;
    private static readonly Int128 Near = Int128.One << (Factor.FixedBits - 40);

    private readonly Rounding rounding = terms.Rounding;
    private readonly long currency = terms.CurrencyMultiple.Fen;
    private readonly long instalment = terms.InstalmentMultiple.Fen;

    public long Round(decimal fen) => Multiple(fen, currency);

    /// <summary>Rounds balance × factor.</summary>
    public long Interest(long balance, in Factor factor)
    {
        if (currency != 1 || factor.Fixed == 0 || balance is < 0 or >= FixedBalance)
        {
            return Round(balance * factor.Value);
        }

        var exact = balance * factor.Fixed;
        var whole = (long)(exact >> Factor.FixedBits);
        var rest = exact & (Whole - 1);
        if (rest <= Near)
        {
            return whole;
        }

        if (rest >= Whole - Near)
        {
            return whole + 1;
        }

        return rounding switch
        {
            Rounding.Up => whole + 1,
            Rounding.Down => whole,
            Rounding.HalfEven when Int128.Abs(rest - Half) <= Near => whole + (whole & 1),
            _ => rest >= Half - Near ? whole + 1 : whole,
        };
    }

    /// <summary>A multiple that would make it nothing is left out: the principal stays spread.</summary>
    public long Instalment(decimal fen)
    {
        if (instalment == 0)
        {
            return Round(fen);
        }

        var rounded = Multiple(fen, instalment);
        return rounded == 0 && fen > 0 ? Round(fen) : rounded;
    }

    private long Multiple(decimal fen, long multiple) => multiple == 1
        ? rounding.ToWhole(decimal.Round(fen, ExactPlaces))
        : checked(rounding.ToWhole(decimal.Round(fen / multiple, ExactPlaces)) * multiple);
}
