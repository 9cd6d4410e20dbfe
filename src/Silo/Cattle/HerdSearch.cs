using System.Globalization;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites;

namespace Earmark.Silo.Cattle;

/// <summary>A page of animals: filtered in one pass over the columns, sorted by one key, at most a page of lines made.</summary>
internal static class HerdSearch
{
    public static AssetPage Page(SiteCore core, Herd herd, AssetQuery query, Func<int, AssetLine> line)
    {
        var found = new List<int>();
        var filter = new Filter(core, query);
        for (var slot = 0; slot < herd.Count; slot++)
        {
            if (filter.Takes(herd, slot))
            {
                found.Add(slot);
            }
        }

        var sorted = query.Sort switch
        {
            "asset" => Sort(found, slot => herd.Ids[slot], query.Descending, StringComparer.Ordinal),
            "weight" or "quantity" => Sort(found, slot => herd.Animals[slot].WeighedGrams, query.Descending),
            "temperature" => Sort(found, slot => herd.Heard[slot].TemperatureCentiCelsius, query.Descending),
            "motionless" => Sort(found, slot => herd.Heard[slot].MotionlessMinutes, query.Descending),
            "pen" or "zone" => Sort(found, slot => core.Zones[herd.Animals[slot].Zone], query.Descending, StringComparer.Ordinal),
            "state" => Sort(found, slot => HerdTally.StateOf(herd.Animals[slot], herd.Heard[slot]), query.Descending, StringComparer.Ordinal),
            "eligible" => Sort(found, slot => line(slot).EligibleGrams, query.Descending),
            _ => Sort(found, slot => herd.Heard[slot].LastHeard, query.Descending),
        };
        var lines = sorted.Skip(Math.Max(0, query.Offset)).Take(Math.Clamp(query.Count, 0, SiteLimits.PageSize)).Select(line).ToArray();
        return new AssetPage(found.Count, lines);
    }

    private static IOrderedEnumerable<int> Sort<T>(List<int> slots, Func<int, T> key, bool descending, IComparer<T>? order = null) =>
        descending ? slots.OrderByDescending(key, order) : slots.OrderBy(key, order);

    private sealed class Filter(SiteCore core, AssetQuery query)
    {
        private readonly ushort? _zone = Number(core.Zones, query.Zone);
        private readonly ushort? _facility = Number(core.Facilities, query.FacilityId);
        private readonly ulong _tag = ulong.TryParse(query.Search, NumberStyles.None, CultureInfo.InvariantCulture, out var tag) ? tag : 0;

        public bool Takes(Herd herd, int slot)
        {
            ref readonly var animal = ref herd.Animals[slot];
            if ((query.Zone is not null && animal.Zone != _zone) || (query.FacilityId is not null && animal.Facility != _facility))
            {
                return false;
            }

            var state = HerdTally.StateOf(animal, herd.Heard[slot]);
            var stateFits = query.State is null
                ? !animal.Removed || query.Search is not null
                : state == query.State || (query.State == "quarantined" && animal.Is(AnimalMarks.Quarantined));
            return stateFits
                && (string.IsNullOrEmpty(query.Search) || (_tag != 0 && animal.Tag == _tag)
                    || herd.Ids[slot].Contains(query.Search, StringComparison.Ordinal));
        }

        // A name nobody has ever used takes nothing.
        private static ushort? Number(NameIndex names, string? name) =>
            name is not null && names.TryFind(name, out var number) ? number : null;
    }
}
