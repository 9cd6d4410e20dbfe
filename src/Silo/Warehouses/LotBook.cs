using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Snapshots;

namespace Earmark.Silo.Warehouses;

/// <summary>The lots of a warehouse, past and present, in order of declaration.</summary>
internal sealed class LotBook : IAssetColumns
{
    public const int Maximum = 20_000;

    private readonly List<Lot> _lots = [];
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _references = new(StringComparer.Ordinal);

    public int Count => _lots.Count;

    public Lot this[int slot] => _lots[slot];

    public bool TryFind(string assetId, out int slot) => _slots.TryGetValue(assetId, out slot);

    public Lot? Find(string assetId) => TryFind(assetId, out var slot) ? _lots[slot] : null;

    /// <summary>The lot a scale means by what it scanned; an asset's own id will do too.</summary>
    public Lot? Scanned(string reference) =>
        _references.TryGetValue(reference, out var slot) || _slots.TryGetValue(reference, out slot) ? _lots[slot] : null;

    public Lot Add(string assetId)
    {
        var lot = new Lot { AssetId = assetId };
        _slots.Add(assetId, _lots.Count);
        _lots.Add(lot);
        return lot;
    }

    public void Refer(Lot lot, string reference)
    {
        if (lot.Reference.Length > 0)
        {
            _references.Remove(lot.Reference);
        }

        lot.Reference = reference;
        if (reference.Length > 0)
        {
            _references[reference] = _slots[lot.AssetId];
        }
    }

    public bool IsGone(int slot) => _lots[slot].Gone;

    public ushort FacilityOf(int slot) => _lots[slot].Facility;

    public void Pledge(int slot, ushort facility, bool registered, long position)
    {
        _lots[slot].Facility = facility;
        _lots[slot].Registered = registered;
        _lots[slot].Position = position;
    }

    public void Insure(int slot, uint until, long position)
    {
        _lots[slot].InsuredUntil = until;
        _lots[slot].Position = position;
    }

    public void Quarantine(int slot, bool quarantined, long position)
    {
        _lots[slot].Quarantined = quarantined;
        _lots[slot].Position = position;
    }

    public void Move(int slot, ushort zone, long position)
    {
        _lots[slot].Zone = zone;
        _lots[slot].Position = position;
    }

    public void Remove(int slot, Departure because, long position)
    {
        _lots[slot].Removed = because;
        _lots[slot].Position = position;
        Refer(_lots[slot], "");
    }

    public void Write(ColumnWriter columns) => columns.Json("lots", _lots, _lots.Count);

    public void Read(ColumnReader columns)
    {
        foreach (var lot in columns.Json<List<Lot>>("lots"))
        {
            _slots.Add(lot.AssetId, _lots.Count);
            if (lot.Reference.Length > 0)
            {
                _references[lot.Reference] = _lots.Count;
            }

            _lots.Add(lot);
        }
    }
}
