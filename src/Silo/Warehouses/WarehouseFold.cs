using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Silo.Sites.Stations;

namespace Earmark.Silo.Warehouses;

/// <summary>The fold of a warehouse: stable weighings and bookings become quantities of lots.</summary>
internal sealed partial class WarehouseFold : SiteFold
{
    private readonly LotBook _lots = new();
    private readonly UnmatchedWeighings _unmatched = new();
    private readonly Weighbridge _weighbridge;
    private readonly LotTransfers _transfers;

    public WarehouseFold(string siteId)
        : base(siteId)
    {
        _weighbridge = new Weighbridge(_lots, _unmatched);
        _transfers = new LotTransfers(this, _lots);
    }

    public override SiteKind Kind => SiteKind.Warehouse;

    protected override IAssetColumns Columns => _lots;

    public override bool Hears(DeviceKind kind) => kind == DeviceKind.WarehouseScale;

    public override Refusal Check(DeviceKind kind, ReadOnlySpan<byte> payload)
    {
        WarehouseScaleCodec.TryRead(payload, out _, out var refusal);
        return refusal;
    }

    protected override void Take(SiteDevice device, in EnvelopeHeader header, ReadOnlySpan<byte> payload, uint second, long position)
    {
        if (!WarehouseScaleCodec.TryRead(payload, out var reading, out var refusal))
        {
            throw new InvalidDataException($"a scale's payload cannot be read: {refusal}");
        }

        _weighbridge.Take(device, reading, second, position);
    }

    protected override void Pass()
    {
        for (var slot = 0; slot < _lots.Count; slot++)
        {
            Weighbridge.Settle(_lots[slot], Core.Now);
        }
    }

    protected override void Write(ColumnWriter columns)
    {
        _lots.Write(columns);
        _unmatched.Write(columns);
    }

    protected override void Read(ColumnReader columns)
    {
        _lots.Read(columns);
        _unmatched.Read(columns);
    }
}
