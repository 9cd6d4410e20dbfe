using System.Text.Json;
using Earmark.Contracts.Lending;
using Earmark.Finance;
using Earmark.Storage.Book;
using FinanceFraction = Earmark.Finance.Fraction;

namespace Earmark.Silo.Lending;

/// <summary>A facility's terms as its row keeps them (JSON); shares and rates in millionths.</summary>
/// <param name="ProductBody">The product it is bound to, whole; its collateral rules then go before the other members. Null for terms of its own.</param>
internal sealed record FacilityTerms(
    string[] PriceClasses, int HaircutPpm, int AdvanceRatePpm, LinesView Lines, int CureBusinessDays, string? ProductBody = null, int ProductVersion = 0)
{
    public const int MaximumClasses = 50;
    public const int MaximumCureBusinessDays = 365;

    // An unsecured facility has lines nothing reaches, so that they can be shown.
    private static readonly LinesView NoLines = new(960_000, 970_000, 980_000, 990_000, 0);

    public static FacilityTerms Read(string json) =>
        JsonSerializer.Deserialize<FacilityTerms>(json, JsonSerializerOptions.Web) ?? throw new JsonException("terms cannot be null");

    public static FacilityTerms Of(FacilityOpening opening) =>
        new(opening.PriceClasses, opening.HaircutPpm, opening.AdvanceRatePpm, opening.Lines, opening.CureBusinessDays);

    public static FacilityTerms Of(Product product, int version)
    {
        var collateral = product.Collateral;
        var lines = collateral?.Lines;
        return new FacilityTerms(
            [.. (collateral?.Classes ?? []).Select(one => one.PriceClass)],
            collateral?.Classes[0].Haircut.Millionths ?? 0,
            collateral?.AdvanceRate.Millionths ?? 0,
            lines is null ? NoLines : new LinesView(lines.Draw.Millionths, lines.Warning.Millionths, lines.MarginCall.Millionths, lines.Liquidation.Millionths, lines.Hysteresis.Millionths),
            collateral?.CureBusinessDays ?? 0,
            Products.Write(product),
            version);
    }

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public CoverTerms Cover() => new(
        [.. PriceClasses.Select(priceClass => new ClassTerms(priceClass, new FinanceFraction(HaircutPpm)))],
        new FinanceFraction(AdvanceRatePpm),
        LinesOf(Lines),
        [],
        CoverTerms.DefaultPriceRamp);

    /// <summary>As the product has it: a haircut for each class, concentration limits, nothing at all for an unsecured one.</summary>
    public CoverTerms Cover(Product? bound) => bound switch
    {
        null => Cover(),
        { Collateral: { } collateral } => collateral.Cover(),
        _ => CoverTerms.Unsecured,
    };

    /// <summary>What is wrong with them; null when they may stand.</summary>
    public string? Wrong() =>
        PriceClasses.Length is 0 or > MaximumClasses ? $"A facility takes 1 to {MaximumClasses} price classes."
        : CureBusinessDays is < 0 or > MaximumCureBusinessDays ? $"A cure period is 0 to {MaximumCureBusinessDays} business days."
        : !IsPpm(Lines.DrawPpm) || !IsPpm(Lines.LiquidationPpm) ? "Lines are shares in millionths."
        : !Cover().IsValid ? "Lines must rise from draw to liquidation with the hysteresis narrower than each gap; shares lie within 0 and 1; a class is named once."
        : null;

    public static CoverLines LinesOf(LinesView lines) =>
        new(Line(lines.DrawPpm), Line(lines.WarningPpm), Line(lines.MarginCallPpm), Line(lines.LiquidationPpm), Line(lines.HysteresisPpm), Money.Zero);

    private static bool IsPpm(long line) => line is > 0 and <= 10L * FinanceFraction.Scale;

    private static FinanceFraction Line(long ppm) => new((int)Math.Clamp(ppm, int.MinValue, int.MaxValue));
}
