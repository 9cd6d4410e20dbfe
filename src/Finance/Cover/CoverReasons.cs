namespace Earmark.Finance;

/// <summary>Collects what took value away, one reason per (code, class, grade), largest loss first.</summary>
internal static class CoverReasons
{
    private static readonly Int128 MicroFen = 1_000_000;

    public static IReadOnlyList<CoverReason> Of(
        IReadOnlyList<CoverRow> covered,
        IReadOnlyList<ExcludedRow> excluded,
        IReadOnlyList<CollateralRow> malformed,
        PricesInForce table)
    {
        var found = new Dictionary<(string, string, string), CoverReason>();
        foreach (var row in excluded)
        {
            var grams = Math.Max(row.QuantityGrams, 0);
            var price = table.Find(row.PriceClass, row.Grade);
            var worth = Int128.Min(grams * (Int128)price.CountedFenPerTonne / MicroFen, long.MaxValue);
            Add(found, new CoverReason(CoverReasonCodes.ExcludedPrefix + row.Reason, row.PriceClass, row.Grade, row.Count, grams, new Money((long)worth)));
        }

        foreach (var row in malformed)
        {
            Add(found, new CoverReason(CoverReasonCodes.MalformedRow, row.PriceClass, row.Grade, Math.Max(row.Count, 0), 0, Money.Zero));
        }

        foreach (var row in covered)
        {
            AddSteps(found, row);
        }

        var reasons = found.Values.ToList();
        reasons.Sort(LargestFirst);
        return reasons;
    }

    private static void AddSteps(Dictionary<(string, string, string), CoverReason> found, CoverRow row)
    {
        if (row.Quantity.QuantityGrams == 0)
        {
            return;
        }

        if (row.Reason is { } whole)
        {
            AddLoss(found, row, whole, row.AfterPriceRamp, always: true);
            return;
        }

        AddLoss(found, row, CoverReasonCodes.Health, row.Gross - row.AfterHealth, always: false);
        AddLoss(found, row, CoverReasonCodes.Freshness, row.AfterHealth - row.AfterFreshness, always: false);
        AddLoss(found, row, CoverReasonCodes.Confidence, row.AfterFreshness - row.AfterConfidence, always: false);
        AddLoss(found, row, CoverReasonCodes.PriceOnRamp, row.AfterConfidence - row.AfterPriceRamp, row.Price.State == PriceState.OnRamp);
        AddLoss(found, row, CoverReasonCodes.Concentration, row.ConcentrationCut, always: false);
    }

    private static void AddLoss(Dictionary<(string, string, string), CoverReason> found, CoverRow row, string code, Money lost, bool always)
    {
        if (always || lost.IsPositive)
        {
            var quantity = row.Quantity;
            Add(found, new CoverReason(code, quantity.PriceClass, quantity.Grade, quantity.Count, quantity.QuantityGrams, lost));
        }
    }

    private static void Add(Dictionary<(string, string, string), CoverReason> found, CoverReason reason)
    {
        var key = (reason.Code, reason.PriceClass, reason.Grade);
        found[key] = !found.TryGetValue(key, out var held) ? reason : held with
        {
            Count = checked(held.Count + reason.Count),
            QuantityGrams = checked(held.QuantityGrams + reason.QuantityGrams),
            Lost = held.Lost + reason.Lost,
        };
    }

    private static int LargestFirst(CoverReason a, CoverReason b)
    {
        var order = b.Lost.CompareTo(a.Lost);
        order = order != 0 ? order : string.CompareOrdinal(a.Code, b.Code);
        order = order != 0 ? order : string.CompareOrdinal(a.PriceClass, b.PriceClass);
        return order != 0 ? order : string.CompareOrdinal(a.Grade, b.Grade);
    }
}
