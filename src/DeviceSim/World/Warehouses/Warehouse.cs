using Earmark.DeviceSim.Truth;

namespace Earmark.DeviceSim.World.Warehouses;

/// <summary>
/// A warehouse: lots in bins and its scales. The first scale weighs trucks in, the second weighs them out, the last is the platform
/// for stock-taking; with fewer scales one does the work of several.
/// </summary>
public sealed class Warehouse
{
    private readonly Timeline _timeline;
    private readonly Pauses _pauses;
    private readonly ITruthLog _truth;
    private readonly RandomStream _draws;
    private readonly List<Lot> _lots;

    public Warehouse(string site, int scales, IReadOnlyList<Lot> lots, Timeline timeline, Pauses pauses, ulong seed, ITruthLog truth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scales, 1);
        Site = site;
        _timeline = timeline;
        _pauses = pauses;
        _truth = truth;
        _lots = [.. lots];
        _draws = RandomStream.For(seed, site);
        Scales = [.. Enumerable.Range(0, scales).Select(i => new Scale(
            timeline,
            RandomStream.For(seed, $"{site}/scale-{i}"),
            i == scales - 1 && scales > 2 ? WorldDefaults.PlatformStepGrams : WorldDefaults.TruckScaleStepGrams))];
    }

    public string Site { get; }

    public IReadOnlyList<Scale> Scales { get; }

    public IReadOnlyList<Lot> Lots => _lots;

    public Scale TruckScaleIn => Scales[0];

    public Scale TruckScaleOut => Scales[Math.Min(1, Scales.Count - 1)];

    public Scale Platform => Scales[^1];

    internal RandomStream Draws => _draws;

    /// <summary>The site's default lots: "lot-001" and on, each in a bin of its own.</summary>
    public static IReadOnlyList<Lot> DefaultLots(string site, int count, ulong seed)
    {
        RandomStream draws = RandomStream.For(seed, site + "/lots");
        return [.. Enumerable.Range(1, count).Select(number => new Lot(
            $"lot-{number:000}",
            $"{(char)('a' + (number - 1) / 10 % 26)}-{(number - 1) % 10 + 1:00}",
            RoundToStep(draws.Between(WorldDefaults.LotKilogramsLow, WorldDefaults.LotKilogramsHigh, Draw.LotWeight, number) * 1000)))];
    }

    /// <summary>The lot of that name; a name not seen before becomes an empty lot (goods of a new receipt).</summary>
    public Lot LotNamed(string name)
    {
        Lot? lot = _lots.Find(l => string.Equals(l.Name, name, StringComparison.OrdinalIgnoreCase));
        if (lot is null)
        {
            lot = new Lot(name, "new", 0);
            _lots.Add(lot);
        }

        return lot;
    }

    /// <summary>A truck brings <paramref name="grams"/>: full on the scale, unloaded, empty on the scale with the ticket.</summary>
    public void Receive(DateTimeOffset at, Lot lot, long grams, string reference)
    {
        long tare = DrawTare(at);
        TruckScaleIn.Weigh(at, tare + grams, 0, WeighingPurpose.None, null);
        _timeline.Schedule(_pauses.NextOpen(at + WorldDefaults.YardStay), Lane.World, then =>
        {
            lot.Add(grams);
            Tell(then, TruthFacts.LotIn, lot, grams, reference);
            TruckScaleIn.Weigh(then, tare + grams, tare, WeighingPurpose.Inbound, reference);
        });
    }

    /// <summary>A truck fetches goods: empty on the scale, loaded, full on the scale with the ticket.</summary>
    /// <param name="reference">Null when nobody booked it.</param>
    /// <param name="weighed">False when it slips past the scale altogether.</param>
    public void Send(DateTimeOffset at, Lot lot, long grams, string? reference, bool weighed)
    {
        long tare = DrawTare(at);
        if (weighed)
        {
            TruckScaleOut.Weigh(at, tare, 0, WeighingPurpose.None, null);
        }

        _timeline.Schedule(_pauses.NextOpen(at + WorldDefaults.YardStay), Lane.World, then =>
        {
            long taken = lot.Take(grams);
            if (taken == 0)
            {
                return;
            }

            Tell(then, reference is null ? TruthFacts.LotOutUnbooked : TruthFacts.LotOut, lot, taken, reference);
            if (weighed)
            {
                TruckScaleOut.Weigh(then, tare + taken, tare, WeighingPurpose.Outbound, reference);
            }
        });
    }

    /// <summary>Weighs in what already lies there, lot after lot: a lender counts only goods that a scale has seen.</summary>
    public void TakeOver(DateTimeOffset at)
    {
        foreach (Lot lot in _lots.ToList())
        {
            _timeline.Schedule(_pauses.NextOpen(at), Lane.World, then =>
            {
                long tare = DrawTare(then);
                Tell(then, TruthFacts.LotIn, lot, lot.Grams, lot.Name);
                TruckScaleIn.Weigh(then, tare + lot.Grams, tare, WeighingPurpose.Inbound, lot.Name);
            });
            at += WorldDefaults.TakeOverEvery;
        }
    }

    public void TakeStock(DateTimeOffset at, Lot lot) =>
        Platform.Weigh(at, lot.Grams, 0, WeighingPurpose.StockTake, lot.Name);

    internal static long RoundToStep(double grams) =>
        (long)Math.Round(grams / WorldDefaults.TruckScaleStepGrams) * WorldDefaults.TruckScaleStepGrams;

    private long DrawTare(DateTimeOffset at) => RoundToStep(1000 * _draws.Between(
        WorldDefaults.TruckTareKilogramsLow, WorldDefaults.TruckTareKilogramsHigh, Draw.TruckTare, at.ToUnixTimeSeconds()));

    private void Tell(DateTimeOffset at, string fact, Lot lot, long grams, string? reference) =>
        _truth.Write(new TruthFact(at, Site, fact, lot.Name) { Grams = grams, Detail = reference });
}
