namespace Earmark.DeviceSim.World.Warehouses;

/// <summary>Goods of one receipt in one bin.</summary>
public sealed class Lot(string name, string bin, long grams)
{
    public string Name { get; } = name;

    public string Bin { get; } = bin;

    /// <summary>What truly lies there.</summary>
    public long Grams { get; private set; } = grams;

    public void Add(long grams) => Grams = checked(Grams + grams);

    /// <summary>Takes what there is, at most <paramref name="grams"/>, and says how much that was.</summary>
    public long Take(long grams)
    {
        long taken = Math.Min(grams, Grams);
        Grams -= taken;
        return taken;
    }
}
