using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Valuation;

namespace Earmark.Silo.Logistics;

/// <summary>The shipments of a fleet, past and present, in order of declaration.</summary>
internal sealed class ShipmentBook : IAssetColumns
{
    public const int Maximum = 20_000;

    private readonly List<Shipment> _shipments = [];
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<int>> _byNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Corridor?> _corridors = new(StringComparer.Ordinal);

    public int Count => _shipments.Count;

    public Shipment this[int slot] => _shipments[slot];

    public bool TryFind(string assetId, out int slot) => _slots.TryGetValue(assetId, out slot);

    public Shipment? Find(string assetId) => TryFind(assetId, out var slot) ? _shipments[slot] : null;

    /// <summary>Shipments a node travels with now, in order of declaration.</summary>
    public IEnumerable<Shipment> With(string nodeId) =>
        _byNode.TryGetValue(nodeId, out var carried) ? carried.Select(slot => _shipments[slot]) : [];

    public Shipment Add(string assetId)
    {
        var shipment = new Shipment { AssetId = assetId };
        _slots.Add(assetId, _shipments.Count);
        _shipments.Add(shipment);
        return shipment;
    }

    public void Carry(Shipment shipment, string nodeId)
    {
        if (_byNode.TryGetValue(shipment.NodeId, out var before))
        {
            before.Remove(_slots[shipment.AssetId]);
        }

        shipment.NodeId = nodeId;
        if (nodeId.Length == 0)
        {
            return;
        }

        if (!_byNode.TryGetValue(nodeId, out var carried))
        {
            _byNode.Add(nodeId, carried = []);
        }

        carried.Add(_slots[shipment.AssetId]);
    }

    /// <summary>The way it may take; null without one, then every place will do.</summary>
    public Corridor? CorridorOf(Shipment shipment)
    {
        if (!_corridors.TryGetValue(shipment.AssetId, out var corridor))
        {
            var line = shipment.Route.Select(point => new GeoPoint(point.Latitude, point.Longitude)).ToArray();
            corridor = Corridor.TryCreate(line, shipment.CorridorMetres, out var made) ? made : null;
            _corridors.Add(shipment.AssetId, corridor);
        }

        return corridor;
    }

    public void RouteChanged(Shipment shipment) => _corridors.Remove(shipment.AssetId);

    public bool IsGone(int slot) => _shipments[slot].Gone;

    public ushort FacilityOf(int slot) => _shipments[slot].Facility;

    public void Pledge(int slot, ushort facility, bool registered, long position)
    {
        _shipments[slot].Facility = facility;
        _shipments[slot].Registered = registered;
        _shipments[slot].Position = position;
    }

    public void Insure(int slot, uint until, long position)
    {
        _shipments[slot].InsuredUntil = until;
        _shipments[slot].Position = position;
    }

    public void Quarantine(int slot, bool quarantined, long position)
    {
        _shipments[slot].Quarantined = quarantined;
        _shipments[slot].Position = position;
    }

    public void Move(int slot, ushort zone, long position)
    {
        _shipments[slot].Zone = zone;
        _shipments[slot].Position = position;
    }

    public void Remove(int slot, Departure because, long position)
    {
        _shipments[slot].Removed = because;
        _shipments[slot].Position = position;
        Carry(_shipments[slot], "");
    }

    public void Write(ColumnWriter columns) => columns.Json("shipments", _shipments, _shipments.Count);

    public void Read(ColumnReader columns)
    {
        foreach (var shipment in columns.Json<List<Shipment>>("shipments"))
        {
            _slots.Add(shipment.AssetId, _shipments.Count);
            _shipments.Add(shipment);
            Carry(shipment, shipment.NodeId);
        }
    }
}
