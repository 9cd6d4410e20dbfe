using System.Text.Json;
using Earmark.Contracts.Sites;
using Earmark.Finance;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;

namespace Earmark.Portal.Reads;

/// <summary>One step from what is there to what counts.</summary>
/// <param name="Step">quantity, health, freshness, confidence, haircut: a code.</param>
/// <param name="FactorPpm">What it multiplies by; null for the quantity itself.</param>
/// <param name="ValueFen">Grams at today's price, rounded down; null without a price.</param>
public sealed record WorthStep(string Step, long? FactorPpm, long? Grams, long? ValueFen);

/// <param name="HaircutPpm">Of the facility it is pledged to; null where it is not pledged or the viewer may not see that facility.</param>
public sealed record AssetWorth(PriceRow? Price, int? HaircutPpm, IReadOnlyList<WorthStep> Steps)
{
    public long? CountedFen => Steps[^1].ValueFen;
}

/// <summary>
/// How one asset's value comes about, factor by factor. A facility's own sum may be lower: a price on its staleness ramp and
/// concentration limits belong to all of it and not to one asset.
/// </summary>
public sealed class AssetWorths(IPrices prices, FacilityReads facilities)
{
    public async Task<AssetWorth> OfAsync(Viewer viewer, AssetLine line, CancellationToken cancel)
    {
        var (_, rows) = await prices.CurrentAsync(viewer.InstitutionId, cancel);
        var price = PriceOf(rows, line);
        var facility = line.FacilityId is { } id ? await facilities.FindAsync(viewer, id, cancel) : null;
        return Of(line, price, facility is null ? null : HaircutOf(facility));
    }

    /// <summary>What assets of a facility count for together, at today's prices and after its haircut.</summary>
    public async Task<long> CountedAsync(FacilityRow facility, IReadOnlyCollection<AssetLine> lines, CancellationToken cancel)
    {
        var (_, rows) = await prices.CurrentAsync(facility.InstitutionId, cancel);
        var haircut = HaircutOf(facility);
        return lines.Sum(line => Of(line, PriceOf(rows, line), haircut).CountedFen ?? 0);
    }

    /// <summary>Grams round down after each factor, as the site rounds them; the last one is the site's own figure.</summary>
    public static AssetWorth Of(AssetLine line, PriceRow? price, int? haircutPpm)
    {
        var isOut = line.ExcludedBecause is not null;
        var health = isOut ? 0 : new Fraction(line.HealthPpm).OfGrams(line.QuantityGrams);
        var freshness = isOut ? 0 : new Fraction(line.FreshnessPpm).OfGrams(health);
        var steps = new List<WorthStep>
        {
            new("quantity", null, line.QuantityGrams, Fen(line.QuantityGrams, price)),
            new("health", line.HealthPpm, health, Fen(health, price)),
            new("freshness", line.FreshnessPpm, freshness, Fen(freshness, price)),
            new("confidence", line.ConfidencePpm, line.EligibleGrams, Fen(line.EligibleGrams, price)),
        };
        if (haircutPpm is { } haircut)
        {
            var kept = new Fraction(haircut).Complement;
            var counted = Fen(line.EligibleGrams, price) is { } fen ? new Money(fen).Times(kept, Rounding.Down).Fen : (long?)null;
            steps.Add(new WorthStep("haircut", kept.Millionths, null, counted));
        }

        return new AssetWorth(price, haircutPpm, steps);
    }

    private static PriceRow? PriceOf(IReadOnlyList<PriceRow> rows, AssetLine line) =>
        rows.FirstOrDefault(row => row.PriceClass == line.PriceClass && row.Grade == line.Grade)
        ?? rows.FirstOrDefault(row => row.PriceClass == line.PriceClass && row.Grade.Length == 0);

    // Grams × fen per tonne is in millionths of a fen.
    private static long? Fen(long grams, PriceRow? price) =>
        price is null ? null : (long)((Int128)grams * price.FenPerTonne / 1_000_000);

    private static int? HaircutOf(FacilityRow facility)
    {
        using var terms = JsonDocument.Parse(facility.Terms);
        return terms.RootElement.TryGetProperty("haircutPpm", out var haircut) && haircut.TryGetInt32(out var ppm) ? ppm : null;
    }
}
