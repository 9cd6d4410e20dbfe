using System.Text.Json;
using Earmark.Contracts.Lending;
using Earmark.Finance;
using FinanceFraction = Earmark.Finance.Fraction;

namespace Earmark.Silo.Lending;

/// <summary>A facility's terms as its row keeps them (JSON); shares and rates in millionths.</summary>
internal sealed record FacilityTerms(string[] PriceClasses, int HaircutPpm, int AdvanceRatePpm, LinesView Lines, int CureBusinessDays)
{
    public const int MaximumClasses = 50;
    public const int MaximumCureBusinessDays = 365;

    public static FacilityTerms Read(string json) =>
        JsonSerializer.Deserialize<FacilityTerms>(json, JsonSerializerOptions.Web) ?? throw new JsonException("terms cannot be null");

    public static FacilityTerms Of(FacilityOpening opening) =>
        new(opening.PriceClasses, opening.HaircutPpm, opening.AdvanceRatePpm, opening.Lines, opening.CureBusinessDays);

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public CoverTerms Cover() => new(
        [.. PriceClasses.Select(priceClass => new ClassTerms(priceClass, new FinanceFraction(HaircutPpm)))],
        new FinanceFraction(AdvanceRatePpm),
        new CoverLines(Line(Lines.DrawPpm), Line(Lines.WarningPpm), Line(Lines.MarginCallPpm), Line(Lines.LiquidationPpm), Line(Lines.HysteresisPpm), Money.Zero),
        [],
        CoverTerms.DefaultPriceRamp);

    /// <summary>What is wrong with them; null when they may stand.</summary>
    public string? Wrong() =>
        PriceClasses.Length is 0 or > MaximumClasses ? $"A facility takes 1 to {MaximumClasses} price classes."
        : CureBusinessDays is < 0 or > MaximumCureBusinessDays ? $"A cure period is 0 to {MaximumCureBusinessDays} business days."
        : !IsPpm(Lines.DrawPpm) || !IsPpm(Lines.LiquidationPpm) ? "Lines are shares in millionths."
        : !Cover().IsValid ? "Lines must rise from draw to liquidation with the hysteresis narrower than each gap; shares lie within 0 and 1; a class is named once."
        : null;

    private static bool IsPpm(long line) => line is > 0 and <= 10L * FinanceFraction.Scale;

    private static FinanceFraction Line(long ppm) => new((int)Math.Clamp(ppm, int.MinValue, int.MaxValue));
}
