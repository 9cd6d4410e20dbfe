using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Reports;
using Earmark.Valuation;

namespace Earmark.Silo.Warehouses;

/// <summary>What the lots count.</summary>
internal sealed partial class WarehouseFold
{
    /// <summary>
    /// When a device of a lot's zone was heard last; one without a zone serves the whole site, and where a zone has none of its own, any of the
    /// site's will do. A scale that was never heard is not installed yet: from its first frame on its zone rests on it, not before.
    /// </summary>
    public uint LastHeardIn(ushort zone)
    {
        uint inZone = 0, anywhere = 0;
        var hasOwn = false;
        foreach (var device in Core.Devices)
        {
            anywhere = Math.Max(anywhere, device.LastHeard);
            if (device.Bound && (device.Zone == zone || device.Zone == 0))
            {
                hasOwn |= device.Zone == zone && device.LastHeard != 0;
                inZone = Math.Max(inZone, device.LastHeard);
            }
        }

        return hasOwn ? inZone : anywhere;
    }

    public Quantity Value(Lot lot, uint second) => LotValuation.Value(Facts(lot, second), Parameters());

    /// <summary>What a lot would count were it heard this moment: what a transfer takes along.</summary>
    public Quantity ValueWhenHeard(Lot lot, uint second) =>
        LotValuation.Value(Facts(lot, second) with { SecondsSinceHeard = 0 }, Parameters());

    protected override void Collect(ReportRows rows, ushort facility, uint second)
    {
        for (var slot = 0; slot < _lots.Count; slot++)
        {
            var lot = _lots[slot];
            if (lot.Facility == facility)
            {
                rows.Add(Value(lot, second), lot.PriceClass, lot.Grade, lot.Zone, slot, at => _lots[at].AssetId);
            }
        }
    }

    private LotParameters Parameters() => LotParameters.Default with { Freshness = Core.Policy.Freshness() };

    private LotFacts Facts(Lot lot, uint second)
    {
        var heard = LastHeardIn(lot.Zone);
        var calibrated = Core.Devices.Find(lot.ScaleId)?.CalibratedUntil ?? 0;
        return new LotFacts(
            lot.InGrams,
            lot.OutGrams,
            lot.BookedGrams,
            StandingOf(lot, second),
            heard == 0 ? AnimalFacts.NeverHeard : Math.Max(0, (long)second - heard),
            calibrated == 0 ? -1 : (long)second - calibrated,
            lot.ShelfLifeUntil == 0 ? long.MinValue : (long)second - lot.ShelfLifeUntil);
    }

    private static Standing StandingOf(Lot lot, uint second) =>
        (lot.Registered ? Standing.Registered : Standing.None)
        | (lot.InsuredUntil == 0 || second <= lot.InsuredUntil ? Standing.Insured : Standing.None)
        | (lot.Quarantined ? Standing.Quarantined : Standing.None)
        | (lot.Gone ? Standing.Sold : Standing.None);
}
