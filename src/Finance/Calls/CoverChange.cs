namespace Earmark.Finance;

/// <summary>
/// What got worse between two covers of a facility: reasons that touch more animals or take more value than before, prices that fell,
/// a debt that rose. Largest first. It names causes; it is not yet the decomposition that sums to the difference.
/// </summary>
public static class CoverChange
{
    public const string PriceFell = "price-fell";
    public const string DebtRose = "debt-rose";
    public const string QuantityFell = "quantity-fell";

    private static readonly Int128 MicroFen = 1_000_000;

    public static IReadOnlyList<CoverReason> Between(CoverResult? before, CoverResult after)
    {
        if (before is null)
        {
            return after.Reasons;
        }

        var changes = new List<CoverReason>();
        AddGrownReasons(changes, before, after);
        AddRowChanges(changes, before, after);
        if (after.Debt > before.Debt)
        {
            changes.Add(new CoverReason(DebtRose, "", "", 0, 0, after.Debt - before.Debt));
        }

        changes.Sort((a, b) => b.Lost.CompareTo(a.Lost) is var order && order != 0 ? order : string.CompareOrdinal(a.Code, b.Code));
        return changes;
    }

    private static void AddGrownReasons(List<CoverReason> changes, CoverResult before, CoverResult after)
    {
        var held = before.Reasons.ToDictionary(reason => (reason.Code, reason.PriceClass, reason.Grade));
        foreach (var reason in after.Reasons)
        {
            var old = held.GetValueOrDefault((reason.Code, reason.PriceClass, reason.Grade));
            var count = reason.Count - (old?.Count ?? 0);
            var lost = reason.Lost - (old?.Lost ?? Money.Zero);
            if (lost.IsPositive || count > 0)
            {
                var grams = Math.Max(0, reason.QuantityGrams - (old?.QuantityGrams ?? 0));
                changes.Add(reason with { Count = Math.Max(0, count), QuantityGrams = grams, Lost = Money.Max(lost, Money.Zero) });
            }
        }
    }

    private static void AddRowChanges(List<CoverReason> changes, CoverResult before, CoverResult after)
    {
        var now = Sums(after);
        foreach (var (key, old) in Sums(before))
        {
            var held = now.GetValueOrDefault(key);
            if (held.Quantity > 0 && held.Price < old.Price)
            {
                var lost = new Money(checked((long)((Int128)held.Quantity * (old.Price - held.Price) / MicroFen)));
                changes.Add(new CoverReason(PriceFell, key.PriceClass, key.Grade, held.Count, held.Quantity, lost));
            }

            if (held.Quantity < old.Quantity)
            {
                var grams = old.Quantity - held.Quantity;
                var lost = new Money(checked((long)((Int128)grams * old.Price / MicroFen)));
                changes.Add(new CoverReason(QuantityFell, key.PriceClass, key.Grade, Math.Max(0, old.Count - held.Count), grams, lost));
            }
        }
    }

    // The set price, not the counted one: a price on its ramp is already a reason of its own.
    private static Dictionary<(string PriceClass, string Grade), (long Quantity, int Count, long Price)> Sums(CoverResult cover)
    {
        var sums = new Dictionary<(string PriceClass, string Grade), (long Quantity, int Count, long Price)>();
        foreach (var row in cover.Rows)
        {
            var key = (row.Quantity.PriceClass, row.Quantity.Grade);
            var sum = sums.GetValueOrDefault(key);
            sums[key] = (sum.Quantity + row.Quantity.QuantityGrams, sum.Count + row.Quantity.Count, row.Price.FenPerTonne);
        }

        return sums;
    }
}
