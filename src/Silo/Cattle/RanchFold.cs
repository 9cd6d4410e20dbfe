using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.Silo.Feeding;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Silo.Sites.Stations;
using Earmark.Valuation;
using Earmark.Valuation.Growth;

namespace Earmark.Silo.Cattle;

/// <summary>The fold of a ranch: frames of base stations, ear tags and feeders become the herd's columns.</summary>
internal sealed partial class RanchFold : SiteFold
{
    private readonly Herd _herd = new();
    private readonly StrangerList _strangers = new();
    private readonly FeedBook _feed = new();
    private readonly HerdColumns _columns;
    private readonly WeightCache _weights;
    private readonly HerdEars _ears;
    private readonly PenWatch _pens;
    private readonly AnimalTransfers _transfers;

    public RanchFold(string siteId)
        : base(siteId)
    {
        _columns = new HerdColumns(Core, _herd);
        _weights = new WeightCache(Core, _herd);
        _ears = new HerdEars(this, _herd);
        _pens = new PenWatch(Core, _herd);
        _transfers = new AnimalTransfers(this, _herd);
    }

    public override SiteKind Kind => SiteKind.Ranch;

    protected override IAssetColumns Columns => _columns;

    public override bool Hears(DeviceKind kind) => kind is DeviceKind.BaseStation or DeviceKind.EarTag or DeviceKind.TmrFeeder;

    public override Refusal Check(DeviceKind kind, ReadOnlySpan<byte> payload)
    {
        var refusal = default(Refusal);
        _ = kind switch
        {
            DeviceKind.BaseStation => BaseStationCodec.TryRead(payload, out _, out refusal),
            DeviceKind.EarTag => EarTagCodec.TryRead(payload, out _, out refusal),
            _ => TmrFeederCodec.TryRead(payload, out _, out refusal),
        };
        return refusal;
    }

    protected override void Take(SiteDevice device, in EnvelopeHeader header, ReadOnlySpan<byte> payload, uint second, long position)
    {
        switch (header.Kind)
        {
            case DeviceKind.BaseStation when BaseStationCodec.TryRead(payload, out var round, out _):
                TakeRound(device, round, second, position);
                break;
            case DeviceKind.EarTag when EarTagCodec.TryRead(payload, out var reading, out _) && TagNumber.TryFrom(header.Device, out var tag):
                Hear(tag.Value, reading, HeardRow.OwnVoice, second, position);
                break;
            case DeviceKind.TmrFeeder when TmrFeederCodec.TryRead(payload, out var events, out _):
                _feed.Take(events, second, Core.Now);
                break;
            default:
                throw new InvalidDataException($"a payload of kind {header.Kind} cannot be read");
        }
    }

    protected override void Write(ColumnWriter columns)
    {
        _herd.Write(columns);
        _strangers.Write(columns);
        _feed.Write(columns);
        _pens.Write(columns);
    }

    protected override void Read(ColumnReader columns)
    {
        _herd.Read(columns, BeginGrowth);
        _strangers.Read(columns);
        _feed.Read(columns);
        _pens.Read(columns);
    }

    private void TakeRound(SiteDevice station, in InventoryRound round, uint second, long position)
    {
        if (station.Bound)
        {
            Core.Coverage.Cover(station.Zone, second, round.DurationSeconds);
        }

        var number = (ushort)Math.Min(station.Number, HeardRow.OwnVoice - 1);
        _pens.Take(number, second);
        foreach (var heard in round)
        {
            Hear(heard.Tag.Value, heard.Reading, number, second, position);
        }
    }

    private void Hear(ulong tag, in TagReading reading, ushort station, uint second, long position)
    {
        if (_herd.Tags.TryFind(tag, out var slot))
        {
            _ears.Hear(slot, reading, station, second, position);
        }
        else
        {
            _strangers.Hear(tag, second);
        }
    }

    private AnimalGrowth BeginGrowth(AnimalRow animal) =>
        GrowthRule.Begin(animal.WeighedGrams, (WeighingKind)animal.WeighingKind, _weights.CurveOf(animal));
}
