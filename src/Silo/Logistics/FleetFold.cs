using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Reports;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Silo.Sites.Stations;
using Earmark.Valuation;

namespace Earmark.Silo.Logistics;

/// <summary>The fold of a fleet: reports of GPS nodes become what shipments count.</summary>
internal sealed partial class FleetFold : SiteFold
{
    private readonly ShipmentBook _shipments = new();
    private readonly NodeEars _ears;
    private readonly ShipmentTransfers _transfers;

    public FleetFold(string siteId)
        : base(siteId)
    {
        _ears = new NodeEars(this, _shipments);
        _transfers = new ShipmentTransfers(this, _shipments);

        // A moving load is judged in hours, until the institution's own policy reaches the site.
        Core.Policy = SitePolicy.Default with
        {
            FreshnessFlatSeconds = (int)FreshnessRamp.ShipmentDefault.FlatSeconds,
            FreshnessZeroSeconds = (int)FreshnessRamp.ShipmentDefault.ZeroSeconds,
        };
    }

    public override SiteKind Kind => SiteKind.Fleet;

    protected override IAssetColumns Columns => _shipments;

    public override bool Hears(DeviceKind kind) => kind == DeviceKind.GpsNode;

    public override Refusal Check(DeviceKind kind, ReadOnlySpan<byte> payload)
    {
        GpsNodeCodec.TryRead(payload, out _, out var refusal);
        return refusal;
    }

    public Quantity Value(Shipment shipment, uint second) => ShipmentValuation.Value(FactsOf(shipment, second), Parameters());

    /// <summary>What a shipment would count were it heard this moment: what a transfer takes along.</summary>
    public Quantity ValueWhenHeard(Shipment shipment, uint second) =>
        ShipmentValuation.Value(FactsOf(shipment, second) with { SecondsSinceHeard = 0 }, Parameters());

    protected override void Take(SiteDevice device, in EnvelopeHeader header, ReadOnlySpan<byte> payload, uint second, long position)
    {
        if (!GpsNodeCodec.TryRead(payload, out var reading, out var refusal))
        {
            throw new InvalidDataException($"a node's payload cannot be read: {refusal}");
        }

        _ears.Take(device.Id, reading, second, position);
    }

    protected override void Collect(ReportRows rows, ushort facility, uint second)
    {
        for (var slot = 0; slot < _shipments.Count; slot++)
        {
            var shipment = _shipments[slot];
            if (shipment.Facility == facility)
            {
                rows.Add(Value(shipment, second), shipment.PriceClass, shipment.Grade, shipment.Zone, slot, at => _shipments[at].AssetId);
            }
        }
    }

    // Time makes a shipment overdue and wanes it; both are read from state when asked.
    protected override void Pass()
    {
    }

    protected override void Write(ColumnWriter columns) => _shipments.Write(columns);

    protected override void Read(ColumnReader columns) => _shipments.Read(columns);

    private ShipmentParameters Parameters() => ShipmentParameters.Default with { Freshness = Core.Policy.Freshness() };

    private static ShipmentFacts FactsOf(Shipment shipment, uint second) => new(
        shipment.LoadedGrams,
        StandingOf(shipment, second),
        shipment.SealBrokenAt == 0,
        shipment.LastHeard == 0 ? AnimalFacts.NeverHeard : Math.Max(0, (long)second - shipment.LastHeard),
        shipment.SecondsOffCorridor,
        shipment.DueAt == 0 ? -1 : (long)second - shipment.DueAt);

    private static Standing StandingOf(Shipment shipment, uint second) =>
        (shipment.Registered ? Standing.Registered : Standing.None)
        | (shipment.InsuredUntil == 0 || second <= shipment.InsuredUntil ? Standing.Insured : Standing.None)
        | (shipment.Quarantined ? Standing.Quarantined : Standing.None)
        | (shipment.Gone ? Standing.Sold : Standing.None);
}
