using Earmark.Contracts.Sites;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Valuation;
using Earmark.Valuation.Growth;

namespace Earmark.Silo.Cattle;

/// <summary>
/// The columns of a ranch: one slot an animal, given at its first declaration and never to another. What has left stays as a row,
/// so a page can still show it; a site holds at most <see cref="MaximumSlots"/> animals past and present.
/// </summary>
internal sealed class Herd
{
    public const int MaximumSlots = 2 * SiteLimits.AnimalsPerSite;

    public PackedNames Ids { get; } = new();

    public TagMap Tags { get; } = new();

    /// <summary>As declared (female, male, steer …); a byte in the rows, so at most 200 of them.</summary>
    public NameIndex Sexes { get; private set; } = new();

    public AnimalRow[] Animals { get; private set; } = [];

    public HeardRow[] Heard { get; private set; } = [];

    public DayDigest[] Digests { get; private set; } = [];

    /// <summary>What the weighings of each animal say together.</summary>
    public AnimalGrowth[] Growth { get; private set; } = [];

    public int Count => Ids.Count;

    /// <summary>Animals that have not left.</summary>
    public int Present { get; set; }

    public int Add(string assetId)
    {
        Reserve(1);
        var slot = Ids.Add(assetId);
        Heard[slot] = HeardRow.Never();
        Present++;
        return slot;
    }

    /// <summary>Grows by an eighth or by what is asked, so that a large import leaves little unused.</summary>
    public void Reserve(int more)
    {
        if (Count + more <= Animals.Length)
        {
            return;
        }

        var size = Math.Max(Count + more, Count + (Count / 8));
        Ids.Reserve(size - Count);
        Animals = Grown(Animals, size);
        Heard = Grown(Heard, size);
        Digests = Grown(Digests, size);
        Growth = Grown(Growth, size);
    }

    /// <summary>Makes room for those of a declaration that are new.</summary>
    public void ReserveFor(AnimalDeclaration[] animals)
    {
        var added = animals.Count(animal => !Ids.TryFind(animal.AssetId, out _));
        Reserve(added);
        Tags.Reserve(added);
    }

    /// <summary>Gives an animal another tag, or none with 0; the tag must be free.</summary>
    public void Bind(int slot, ulong tag)
    {
        ref var animal = ref Animals[slot];
        if (animal.Tag != 0)
        {
            Tags.Remove(animal.Tag);
        }

        animal.Tag = tag;
        if (tag != 0)
        {
            Tags.Add(tag, slot);
        }
    }

    public void Write(ColumnWriter columns)
    {
        Ids.Write(columns, "animals.ids");
        columns.Json("animals.sexes", Sexes.Names, Sexes.Count);
        columns.Rows<AnimalRow>("animals.declared", Animals.AsSpan(0, Count));
        columns.Rows<HeardRow>("animals.heard", Heard.AsSpan(0, Count));
        columns.Bytes("animals.digests", Digests.AsSpan(0, Count));
        columns.Rows<AnimalGrowth>("animals.growth", Growth.AsSpan(0, Count));
    }

    /// <param name="begin">Growth of an animal whose snapshot has none: apply version 1 kept the last weighing only.</param>
    public void Read(ColumnReader columns, Func<AnimalRow, AnimalGrowth> begin)
    {
        Ids.Read(columns, "animals.ids");
        Sexes = NameIndex.From(columns.Json<List<string>>("animals.sexes"));
        Animals = columns.Rows<AnimalRow>("animals.declared").ToArray();
        Heard = columns.Rows<HeardRow>("animals.heard").ToArray();
        Digests = columns.Bytes<DayDigest>("animals.digests").ToArray();
        Growth = columns.Has("animals.growth") ? columns.Rows<AnimalGrowth>("animals.growth").ToArray() : Array.ConvertAll(Animals, begin.Invoke);
        for (var slot = 0; slot < Count; slot++)
        {
            Present += Animals[slot].Removed ? 0 : 1;
            if (Animals[slot].Tag != 0)
            {
                Tags.Add(Animals[slot].Tag, slot);
            }
        }
    }

    private static T[] Grown<T>(T[] rows, int size)
    {
        Array.Resize(ref rows, size);
        return rows;
    }
}
