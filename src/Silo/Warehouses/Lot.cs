using Earmark.Silo.Sites.Commands;

namespace Earmark.Silo.Warehouses;

/// <summary>One lot as the site knows it. Grams; instants as Unix seconds, 0 for none. Part of the snapshot, so its properties are never renamed.</summary>
internal sealed class Lot
{
    public required string AssetId { get; init; }

    /// <summary>What scales scan for it; empty when nothing.</summary>
    public string Reference { get; set; } = "";

    public ushort PriceClass { get; set; }

    public ushort Grade { get; set; }

    public ushort Zone { get; set; }

    public ushort Facility { get; set; }

    public bool Registered { get; set; }

    public bool Quarantined { get; set; }

    public Departure Removed { get; set; }

    /// <summary>What the warehouse's book says: declared, less given, plus taken.</summary>
    public long BookedGrams { get; set; }

    public long WeighedInGrams { get; set; }

    public long WeighedOutGrams { get; set; }

    /// <summary>By how much the last check weighing fell short of what should have been there; a larger one raises nothing.</summary>
    public long ShortfallGrams { get; set; }

    public uint CheckedAt { get; set; }

    public uint ReceivedAt { get; set; }

    public uint ShelfLifeUntil { get; set; }

    public uint InsuredUntil { get; set; }

    /// <summary>Scale of the newest weighing; its calibration is the lot's. Empty before the first.</summary>
    public string ScaleId { get; set; } = "";

    public uint WeighedAt { get; set; }

    /// <summary>Journal position of the last declaration about it.</summary>
    public long Position { get; set; }

    /// <summary>Given and not seen on a scale yet, and taken and not seen on a scale yet.</summary>
    public List<Unweighed> Leaving { get; init; } = [];

    public List<Unweighed> Arriving { get; init; } = [];

    /// <summary>Newest last; at most <see cref="LotWeighing.Kept"/>.</summary>
    public List<LotWeighing> Weighings { get; init; } = [];

    /// <summary>Weighed in so far, here or by the giver of what has not been on a scale here.</summary>
    public long InGrams => WeighedInGrams + Arriving.Sum(part => part.Grams);

    public long OutGrams => WeighedOutGrams + ShortfallGrams + Leaving.Sum(part => part.Grams);

    public bool Gone => Removed != Departure.None;
}

/// <summary>Part of a transfer that no scale of this site has seen.</summary>
internal sealed record Unweighed(string TransferId, long Grams, uint Since)
{
    /// <summary>A weighing is taken for a transfer's within this time of it; then the transfer's own figure stands.</summary>
    public const int WithinSeconds = 86_400;
}

/// <summary>One weighing that counted.</summary>
internal sealed record LotWeighing(long Position, uint Second, string ScaleId, string Purpose, long NetGrams)
{
    public const int Kept = 20;

    /// <summary>The same scale showing the same load for the same lot within this time shows it again; the load did not come twice.</summary>
    public const int SameLoadSeconds = 120;
}
