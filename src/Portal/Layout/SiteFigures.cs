namespace Earmark.Portal.Layout;

/// <summary>Tallies of a site as text; pages and live rows write them alike.</summary>
public static class SiteFigures
{
    public static string Text(string name, long count) =>
        name.EndsWith("-seconds", StringComparison.Ordinal) ? Show.Count(count) + " s"
        : name.EndsWith("-grams", StringComparison.Ordinal) ? Show.Kilograms(count) + " kg" : Show.Count(count);
}
