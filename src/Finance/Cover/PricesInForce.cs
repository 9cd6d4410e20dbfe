namespace Earmark.Finance;

/// <summary>
/// The prices in force at one moment. A grade's own price goes before its class's; of several the newest already effective counts.
/// A price is aged from the moment it took effect; what is not yet effective is not there.
/// </summary>
internal sealed class PricesInForce
{
    private readonly Dictionary<(string PriceClass, string? Grade), ClassPrice> prices = [];
    private readonly Ramp ramp;
    private readonly DateTimeOffset asOf;

    public PricesInForce(IEnumerable<ClassPrice> prices, Ramp ramp, DateTimeOffset asOf)
    {
        this.ramp = ramp;
        this.asOf = asOf;
        foreach (var price in prices)
        {
            var key = (price.PriceClass, string.IsNullOrEmpty(price.Grade) ? null : price.Grade);
            if (price.EffectiveAt <= asOf && price.FenPerTonne is >= 0 and <= ClassPrice.MaximumFenPerTonne
                && (!this.prices.TryGetValue(key, out var held) || IsNewer(price, held)))
            {
                this.prices[key] = price;
            }
        }
    }

    public PricePoint Find(string priceClass, string grade)
    {
        ClassPrice? price = null;
        if (grade.Length > 0)
        {
            prices.TryGetValue((priceClass, grade), out price);
        }

        if (price is null && !prices.TryGetValue((priceClass, null), out price))
        {
            return new PricePoint(PriceState.Missing, 0, 0);
        }

        var factor = ramp.At(asOf - price.EffectiveAt);
        var counted = (long)((Int128)price.FenPerTonne * factor.Millionths / Fraction.Scale);
        var state = factor == Fraction.One ? PriceState.Fresh : factor == Fraction.Zero ? PriceState.Expired : PriceState.OnRamp;
        return new PricePoint(state, price.FenPerTonne, counted);
    }

    // Two prices of one instant: the lower counts, so that the order of the list never does.
    private static bool IsNewer(ClassPrice price, ClassPrice held) =>
        price.EffectiveAt > held.EffectiveAt || (price.EffectiveAt == held.EffectiveAt && price.FenPerTonne < held.FenPerTonne);
}
