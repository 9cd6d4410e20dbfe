using System.Globalization;
using Earmark.Contracts.Alarms;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Reports;
using Earmark.Valuation;

namespace Earmark.Silo.Logistics;

/// <summary>What a fleet tells people.</summary>
internal sealed partial class FleetFold
{
    private const int NamedFixes = 20;
    private static readonly string[] States = ["shipments", "pledged", "waiting", "on-route", "off-corridor", "silent", "seal-broken", "overdue", "empty", "removed"];

    public override int AssetCount => _shipments.Count;

    public override SiteSummary Summary(long epoch, byte[] chainHead, byte[] stateHash, long[] duplicates)
    {
        var counts = States.ToDictionary(state => state, _ => 0L);
        counts["transfers-outgoing"] = Core.Transfers.Outgoing.Count(hold => !hold.Closed);
        var zones = new (int Count, int Heard, long Grams)[Core.Zones.Count];
        for (var slot = 0; slot < _shipments.Count; slot++)
        {
            var shipment = _shipments[slot];
            if (shipment.Gone)
            {
                counts["removed"]++;
                continue;
            }

            counts["shipments"]++;
            counts["pledged"] += shipment.Facility != 0 ? 1 : 0;
            counts[StateOf(shipment)]++;
            zones[shipment.Zone].Count++;
            zones[shipment.Zone].Heard += IsSilent(shipment) ? 0 : 1;
            zones[shipment.Zone].Grams += shipment.LoadedGrams;
        }

        var rows = Enumerable.Range(1, Core.Zones.Count - 1)
            .Select(zone => new ZoneSummary(Core.Zones[zone], zones[zone].Count, zones[zone].Heard, 0, zones[zone].Grams));
        return Core.Summary(SiteId, Kind, epoch, chainHead, stateHash, duplicates, counts, [.. rows]);
    }

    public override AssetPage Assets(AssetQuery query) =>
        AssetPages.Of(Enumerable.Range(0, _shipments.Count).Select(slot => Line(_shipments[slot])), query);

    public override AssetDetail? Asset(string assetId) =>
        _shipments.Find(assetId) is { } shipment
            ? new AssetDetail(Line(shipment), FactsOf(shipment), Evidence(shipment), [], [.. shipment.Track.Select(Point)])
            : null;

    protected override IEnumerable<StandingCause> OwnCauses()
    {
        for (var slot = 0; slot < _shipments.Count; slot++)
        {
            var shipment = _shipments[slot];
            var state = StateOf(shipment);
            if (!shipment.Gone && state is "seal-broken" or "off-corridor" or "overdue" or "silent")
            {
                var since = state == "seal-broken" ? shipment.SealBrokenAt : state == "overdue" ? shipment.DueAt : HeardOrDeparted(shipment);
                yield return new StandingCause(
                    shipment.AssetId, state, state is "silent" or "overdue" ? Warning : Critical, Seconds.At(since), Core.Zones[shipment.Zone]);
            }
        }
    }

    // The gravest first. Off the corridor it is from the first fix on; value goes only after the tolerance.
    private string StateOf(Shipment shipment) =>
        shipment.Gone ? shipment.Removed.Name()
        : shipment.LoadedGrams <= 0 ? "empty"
        : shipment.SealBrokenAt != 0 ? "seal-broken"
        : shipment.IsOffCorridor ? "off-corridor"
        : shipment.DueAt != 0 && Core.Now > shipment.DueAt ? "overdue"
        : Core.Now < shipment.DepartsAt ? "waiting"
        : IsSilent(shipment) ? "silent"
        : "on-route";

    private bool IsSilent(Shipment shipment) => Core.Now >= HeardOrDeparted(shipment) + (uint)Core.Policy.UnobservedSeconds;

    // What was never heard is silent since it left, not since 1970.
    private static uint HeardOrDeparted(Shipment shipment) => Math.Max(shipment.LastHeard, shipment.DepartsAt);

    private AssetLine Line(Shipment shipment)
    {
        var parameters = Parameters();
        var facts = FactsOf(shipment, Core.Now);
        var quantity = ShipmentValuation.Value(facts, parameters);
        return new AssetLine(
            shipment.AssetId,
            shipment.NodeId.Length == 0 ? null : shipment.NodeId,
            Core.PriceClasses[shipment.PriceClass],
            Core.Grades[shipment.Grade],
            Core.Zones[shipment.Zone],
            StateOf(shipment),
            quantity.IsExcluded ? quantity.Reason.Code() : null,
            shipment.Facility == 0 ? null : Core.Facilities[shipment.Facility],
            Seconds.AtOrNever(shipment.LastHeard),
            quantity.QuantityGrams,
            quantity.AfterConfidenceGrams,
            shipment.LastHeard == 0 ? 0 : parameters.Freshness.At(facts.SecondsSinceHeard).Millionths,
            Finance.Fraction.Scale,
            parameters.Overdue.At(facts.SecondsPastDue).Millionths,
            null,
            null,
            LastPosition: shipment.Track is [.., var newest] ? Point(newest) : null);
    }

    private AssetFact[] FactsOf(Shipment shipment) =>
    [
        new("declared-kilograms", Kilograms(shipment.DeclaredGrams)),
        new("taken-kilograms", Kilograms(shipment.TakenGrams)),
        new("given-kilograms", Kilograms(shipment.GivenGrams)),
        new("departs-at", AssetPages.Time(shipment.DepartsAt)),
        new("due-at", AssetPages.Time(shipment.DueAt)),
        new("seal", shipment.SealBrokenAt != 0 ? "broken" : "intact"),
        new("seal-broken-at", AssetPages.Time(shipment.SealBrokenAt)),
        new("door", shipment.DoorOpen ? "open" : "closed"),
        new("speed-kilometres-per-hour", shipment.Track is [.., { SpeedKilometresPerHour: >= 0 } last] ? last.SpeedKilometresPerHour.ToString(CultureInfo.InvariantCulture) : ""),
        new("seconds-off-corridor", shipment.SecondsOffCorridor.ToString(CultureInfo.InvariantCulture)),
        new("corridor-metres", shipment.CorridorMetres.ToString(CultureInfo.InvariantCulture)),
        new("route", string.Join(' ', shipment.Route.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Latitude:0.#####},{point.Longitude:0.#####}")))),
        new("insured-until", AssetPages.Time(shipment.InsuredUntil)),
        new("registered", shipment.Registered ? "yes" : "no"),
    ];

    private static long[] Evidence(Shipment shipment) =>
        [.. shipment.Track.TakeLast(NamedFixes).Select(fix => fix.Position).Append(shipment.Position).Where(position => position != 0).Distinct().OrderDescending()];

    private static TrackPoint Point(TrackFix fix) =>
        new(Seconds.At(fix.Second), fix.LatitudeE7 / 1e7, fix.LongitudeE7 / 1e7, Math.Max(0, fix.SpeedKilometresPerHour));

    private static string Kilograms(long grams) => (grams / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
}
