using System.Collections.Frozen;

namespace Earmark.DeviceSim.Scripts;

/// <summary>The acts a script can name and the fields each takes besides <c>at</c> and <c>do</c>; a field ending in <c>!</c> is required.</summary>
public static class ActShapes
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Shapes = new Dictionary<string, string[]>
    {
        // Cattle. Whom: tags, or count in a pen, a site or anywhere.
        ["die"] = ["site", "pen", "count", "tags"],
        ["steal"] = ["site", "pen", "count", "tags", "cutTags"],
        ["lose-tag"] = ["site", "pen", "count", "tags"],
        ["illness"] = ["site", "pen", "count", "tags", "duration", "severity"],
        ["birth"] = ["site", "pen", "count", "tag"],

        // Devices. Which: a device, or all of a site that connect.
        ["cut-uplink"] = ["site", "device", "duration!"],
        ["station-off"] = ["site", "device", "duration!"],
        ["buffer"] = ["site", "device", "duration!"],
        ["shift-clock"] = ["site", "device", "duration!", "backwards"],

        // Trucks, by their node.
        ["break-seal"] = ["device!"],
        ["divert-truck"] = ["device!", "km", "duration"],
        ["stop-truck"] = ["device!", "duration!"],

        // Goods, at a site with scales.
        ["take-over"] = ["site"],
        ["inbound"] = ["site", "lot!", "kg!", "reference"],
        ["outbound"] = ["site", "lot!", "kg!", "reference"],
        ["outbound-unbooked"] = ["site", "lot!", "kg!", "weighed"],
        ["weigh"] = ["site", "lot!"],
        ["scale-drift"] = ["device!", "percent!", "duration"],
    }.ToFrozenDictionary(shape => shape.Key, shape => shape.Value.ToFrozenSet());

    public static IEnumerable<string> Names => Shapes.Keys.Order(StringComparer.Ordinal);

    public static bool IsKnown(string act) => Shapes.ContainsKey(act);

    public static bool Takes(string act, string field) =>
        field is "at" or "do" || Shapes[act].Contains(field) || Shapes[act].Contains(field + "!");

    public static IEnumerable<string> Required(string act) =>
        Shapes[act].Where(field => field.EndsWith('!')).Select(field => field[..^1]).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Fields(string act) => Shapes[act].Select(field => field.TrimEnd('!')).Order(StringComparer.Ordinal);
}
