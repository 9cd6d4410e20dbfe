namespace Earmark.Finance;

/// <summary>A class a product takes as collateral, and its haircut.</summary>
public sealed record ClassTerms(string PriceClass, Fraction Haircut);

public enum ConcentrationDimension
{
    PriceClass,
    Grade,
    Zone,
}

/// <summary>No single value of the dimension (one breed, one pen) may be more than this share of the value after haircut; what is above is cut.</summary>
public sealed record ConcentrationLimit(ConcentrationDimension Dimension, Fraction MaximumShare);

/// <summary>How a product turns quantities into credit. A class not listed is not eligible.</summary>
public sealed record CoverTerms(
    IReadOnlyList<ClassTerms> Classes,
    Fraction AdvanceRate,
    CoverLines Lines,
    IReadOnlyList<ConcentrationLimit> Concentration,
    Ramp PriceRamp)
{
    /// <summary>A weekly quotation may come a day late before it starts to fall, and counts nothing once a second one is missed.</summary>
    public static readonly Ramp DefaultPriceRamp = new(8 * 86_400, 15 * 86_400);

    /// <summary>Terms of a facility nothing secures: no class is taken and no line is ever crossed.</summary>
    public static readonly CoverTerms Unsecured = new(
        [], Fraction.Zero, new CoverLines(Fraction.Percent(96), Fraction.Percent(97), Fraction.Percent(98), Fraction.Percent(99), Fraction.Zero, Money.Zero), [], DefaultPriceRamp);

    public bool IsUnsecured => Classes.Count == 0;

    /// <summary>The line state that follows; always clear where nothing secures the debt.</summary>
    public LineState Next(LineState previous, decimal? ltv, Money debt) => IsUnsecured ? LineState.Clear : Lines.Next(previous, ltv, debt);

    /// <summary>Shares within 0 to 1, each class once, lines in order, a ramp that falls.</summary>
    public bool IsValid =>
        Lines.IsValid && PriceRamp.IsValid && IsShare(AdvanceRate)
        && Classes.All(terms => IsShare(terms.Haircut)) && Concentration.All(limit => IsShare(limit.MaximumShare))
        && Classes.Select(terms => terms.PriceClass).Distinct(StringComparer.Ordinal).Count() == Classes.Count;

    public ClassTerms? Find(string priceClass)
    {
        foreach (var terms in Classes)
        {
            if (terms.PriceClass == priceClass)
            {
                return terms;
            }
        }

        return null;
    }

    private static bool IsShare(Fraction fraction) => fraction >= Fraction.Zero && fraction <= Fraction.One;
}
