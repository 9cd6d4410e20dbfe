using Earmark.Contracts.Alarms;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.Silo.Sites;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>What a ranch tells people.</summary>
internal sealed partial class RanchFold
{
    public override int AssetCount => _herd.Count;

    public override SiteSummary Summary(long epoch, byte[] chainHead, byte[] stateHash, long[] duplicates)
    {
        var tally = new HerdTally(Core, _herd);
        for (var slot = 0; slot < _herd.Count; slot++)
        {
            tally.Add(slot, _weights.At(slot, Core.Now).MeanGrams);
        }

        var counts = tally.Counts();
        counts["strangers"] = _strangers.Count;
        counts["feed-today-grams"] = _feed.Delivered(_feed.Today);
        counts["feed-yesterday-grams"] = _feed.Delivered(_feed.Today - 1);
        return Core.Summary(SiteId, Kind, epoch, chainHead, stateHash, duplicates, counts, tally.Zones());
    }

    public override AssetPage Assets(AssetQuery query) => HerdSearch.Page(Core, _herd, query, Line);

    public override AssetDetail? Asset(string assetId) =>
        _herd.Ids.TryFind(assetId, out var slot)
            ? new AssetDetail(Line(slot), AnimalFactsList.Of(Core, _herd, slot, _weights), Evidence(slot), Digests(slot), [], _transfers.Passport(slot))
            : null;

    public override DeviceActivity? HeardThroughOthers(string deviceId)
    {
        if (!TagNumber.TryParse(deviceId, out var tag) || !_herd.Tags.TryFind(tag.Value, out var slot))
        {
            return null;
        }

        ref readonly var heard = ref _herd.Heard[slot];
        return new DeviceActivity(deviceId, 0, 0, Seconds.AtOrNever(heard.LastHeard), 0, 0, 0, heard.Position == 0 ? [] : [heard.Position]);
    }

    protected override IEnumerable<StandingCause> OwnCauses()
    {
        foreach (var cause in _pens.Causes())
        {
            yield return cause;
        }

        for (var slot = 0; slot < _herd.Count; slot++)
        {
            if (!_herd.Animals[slot].Removed && HerdTally.CauseOf(_herd.Heard[slot]) is { } cause)
            {
                var heard = _herd.Heard[slot];
                var severity = heard.Health is HealthState.Sick ? Warning : Critical;
                var since = cause is "missing" or "tag-removed" ? heard.LastHeard : heard.HealthSince;
                yield return new StandingCause(
                    _herd.Ids[slot], cause, severity, Seconds.At(since), Core.Zones[_herd.Animals[slot].Zone]);
            }
        }
    }

    private AssetLine Line(int slot)
    {
        ref readonly var animal = ref _herd.Animals[slot];
        ref readonly var heard = ref _herd.Heard[slot];
        var facts = Facts(slot, Core.Now);
        var quantity = AnimalValuation.Value(facts, Core.Policy.Freshness());
        return new AssetLine(
            _herd.Ids[slot],
            TagNumber.TryCreate(animal.Tag, out var tag) ? tag.ToString() : null,
            Core.PriceClasses[animal.PriceClass],
            Core.Grades[animal.Grade],
            Core.Zones[animal.Zone],
            HerdTally.StateOf(animal, heard),
            quantity.IsExcluded ? quantity.Reason.Code() : null,
            animal.Facility == 0 ? null : Core.Facilities[animal.Facility],
            Seconds.AtOrNever(heard.LastHeard),
            quantity.QuantityGrams,
            quantity.AfterConfidenceGrams,
            heard.LastHeard == 0 ? 0 : Core.Policy.Freshness().At(facts.SecondsSinceHeard).Millionths,
            HealthRule.Factor(heard.Health).Millionths,
            facts.Confidence.Millionths,
            heard.TemperatureCentiCelsius == HeardRow.NoTemperature ? null : heard.TemperatureCentiCelsius,
            heard.LastHeard == 0 ? null : heard.MotionlessMinutes);
    }

    private long[] Evidence(int slot) =>
        new long[] { _herd.Heard[slot].Position, _herd.Animals[slot].Position }
            .Where(position => position != 0)
            .Distinct()
            .OrderDescending()
            .ToArray();

    private DigestBucket[] Digests(int slot)
    {
        ref readonly var digest = ref _herd.Digests[slot];
        var buckets = new List<DigestBucket>(DayDigest.BucketCount);
        for (var number = digest.NewestBucket - DayDigest.BucketCount + 1; number <= digest.NewestBucket; number++)
        {
            var bucket = digest.Read(number);
            if (bucket.Heard > 0)
            {
                buckets.Add(new DigestBucket(
                    DateTimeOffset.FromUnixTimeSeconds((long)number * DayDigest.BucketSeconds),
                    bucket.Heard,
                    bucket.ActivityCount,
                    bucket.LongestMotionlessMinutes,
                    bucket.MeanTemperatureCentiCelsius));
            }
        }

        return [.. buckets];
    }
}
