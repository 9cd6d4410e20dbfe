using System.Globalization;
using Earmark.Contracts.Alarms;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Reports;
using Earmark.Valuation;

namespace Earmark.Silo.Warehouses;

/// <summary>What a warehouse tells people.</summary>
internal sealed partial class WarehouseFold
{
    public override int AssetCount => _lots.Count;

    public override SiteSummary Summary(long epoch, byte[] chainHead, byte[] stateHash, long[] duplicates)
    {
        var counts = new Dictionary<string, long>
        {
            ["lots"] = 0, ["pledged"] = 0, ["quarantined"] = 0, ["removed"] = 0, ["empty"] = 0,
            ["unmatched-weighings"] = _unmatched.Count, ["transfers-outgoing"] = Core.Transfers.Outgoing.Count(hold => !hold.Closed),
        };
        var zones = new (int Lots, long Grams)[Core.Zones.Count];
        foreach (var lot in Present(counts))
        {
            var quantity = Value(lot, Core.Now).QuantityGrams;
            counts["lots"]++;
            counts["pledged"] += lot.Facility != 0 ? 1 : 0;
            counts["quarantined"] += lot.Quarantined ? 1 : 0;
            counts["empty"] += quantity == 0 ? 1 : 0;
            zones[lot.Zone].Lots++;
            zones[lot.Zone].Grams += quantity;
        }

        var now = Core.Now;
        var rows = Enumerable.Range(1, Core.Zones.Count - 1).Select(zone => new ZoneSummary(
            Core.Zones[zone],
            zones[zone].Lots,
            LastHeardIn((ushort)zone) is var heard && heard != 0 && now < heard + Seconds.Day ? zones[zone].Lots : 0,
            0,
            zones[zone].Grams));
        return Core.Summary(SiteId, Kind, epoch, chainHead, stateHash, duplicates, counts, [.. rows]);
    }

    public override AssetPage Assets(AssetQuery query) => AssetPages.Of(Enumerable.Range(0, _lots.Count).Select(slot => Line(_lots[slot])), query);

    public override AssetDetail? Asset(string assetId) =>
        _lots.Find(assetId) is { } lot
            ? new AssetDetail(Line(lot), Facts(lot), Evidence(lot), [], [])
            : null;

    protected override IEnumerable<StandingCause> OwnCauses()
    {
        for (var slot = 0; slot < _lots.Count; slot++)
        {
            var lot = _lots[slot];
            var value = Value(lot, Core.Now);
            if (!lot.Gone && value.Reason is ExclusionReason.ReconciliationGap or ExclusionReason.BeyondShelfLife or ExclusionReason.CalibrationExpired)
            {
                yield return new StandingCause(lot.AssetId, value.Reason.Code(), Critical, Seconds.At(lot.WeighedAt), Core.Zones[lot.Zone]);
            }
            else if (!lot.Gone && lot.ShortfallGrams > 0)
            {
                yield return new StandingCause(lot.AssetId, "check-shortfall", Warning, Seconds.At(lot.CheckedAt), Kilograms(lot.ShortfallGrams) + " kg");
            }
        }

        foreach (var weighing in _unmatched.Newest)
        {
            yield return new StandingCause(
                weighing.ScaleId,
                string.Create(CultureInfo.InvariantCulture, $"unmatched-weighing-{weighing.Position}"),
                Warning,
                Seconds.At(weighing.Second),
                $"{weighing.Purpose} {Kilograms(weighing.NetGrams)} kg '{weighing.Reference}'");
        }
    }

    private IEnumerable<Lot> Present(Dictionary<string, long> counts)
    {
        for (var slot = 0; slot < _lots.Count; slot++)
        {
            if (!_lots[slot].Gone)
            {
                yield return _lots[slot];
            }
            else
            {
                counts["removed"]++;
            }
        }
    }

    private AssetLine Line(Lot lot)
    {
        var parameters = Parameters();
        var facts = Facts(lot, Core.Now);
        var quantity = LotValuation.Value(facts, parameters);
        var heard = LastHeardIn(lot.Zone);
        return new AssetLine(
            lot.AssetId,
            lot.ScaleId.Length == 0 ? null : lot.ScaleId,
            Core.PriceClasses[lot.PriceClass],
            Core.Grades[lot.Grade],
            Core.Zones[lot.Zone],
            lot.Gone ? lot.Removed.Name() : quantity.QuantityGrams == 0 ? "empty" : "held",
            quantity.IsExcluded ? quantity.Reason.Code() : null,
            lot.Facility == 0 ? null : Core.Facilities[lot.Facility],
            Seconds.AtOrNever(heard),
            quantity.QuantityGrams,
            quantity.AfterConfidenceGrams,
            heard == 0 ? 0 : parameters.Freshness.At(facts.SecondsSinceHeard).Millionths,
            parameters.ShelfLife.At(facts.SecondsPastShelfLife).Millionths,
            parameters.Calibration.At(facts.SecondsPastCalibration).Times(LotValuation.GapOf(lot.InGrams - lot.OutGrams, lot.BookedGrams).Complement).Millionths,
            null,
            null,
            lot.BookedGrams,
            Math.Max(0, lot.InGrams - lot.OutGrams));
    }

    private AssetFact[] Facts(Lot lot) =>
    [
        new("reference", lot.Reference),
        new("booked-kilograms", Kilograms(lot.BookedGrams)),
        new("weighed-in-kilograms", Kilograms(lot.WeighedInGrams)),
        new("weighed-out-kilograms", Kilograms(lot.WeighedOutGrams)),
        new("arriving-unweighed-kilograms", Kilograms(lot.Arriving.Sum(part => part.Grams))),
        new("leaving-unweighed-kilograms", Kilograms(lot.Leaving.Sum(part => part.Grams))),
        new("check-shortfall-kilograms", Kilograms(lot.ShortfallGrams)),
        new("checked-at", AssetPages.Time(lot.CheckedAt)),
        new("weighed-at", AssetPages.Time(lot.WeighedAt)),
        new("received-at", AssetPages.Time(lot.ReceivedAt)),
        new("shelf-life-until", AssetPages.Time(lot.ShelfLifeUntil)),
        new("insured-until", AssetPages.Time(lot.InsuredUntil)),
        new("calibrated-until", AssetPages.Time(Core.Devices.Find(lot.ScaleId)?.CalibratedUntil ?? 0)),
        new("quarantined", lot.Quarantined ? "yes" : "no"),
        new("registered", lot.Registered ? "yes" : "no"),
    ];

    private static long[] Evidence(Lot lot) =>
        [.. lot.Weighings.Select(weighing => weighing.Position).Append(lot.Position).Where(position => position != 0).Distinct().OrderDescending()];

    private static string Kilograms(long grams) => (grams / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
}
