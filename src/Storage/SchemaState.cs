namespace Earmark.Storage;

/// <summary>One step forward of a schema: run once, never changed after it was published.</summary>
/// <param name="Name">What it brings, for people.</param>
internal sealed record SchemaStep(string Name, string Sql);

/// <summary>Where a store's schema stands and what a start of this Earmark would do to it.</summary>
/// <param name="Store">journal, book, history, orleans.</param>
/// <param name="Version">0 when there is nothing yet.</param>
/// <param name="Newest">What this Earmark knows.</param>
/// <param name="Missing">Names of the steps a migration would run, in order.</param>
public sealed record SchemaState(string Store, int Version, int Newest, IReadOnlyList<string> Missing)
{
    /// <summary>Written by a newer Earmark: this one doesn't touch it.</summary>
    public bool IsNewer => Version > Newest;

    internal static SchemaState Of(string store, int version, IReadOnlyList<SchemaStep> steps) =>
        new(store, version, steps.Count, [.. steps.Skip(version).Select(step => step.Name)]);

    /// <exception cref="InvalidDataException">It is newer than what is known.</exception>
    internal static void Refuse(string store, int version, int newest)
    {
        if (version > newest)
        {
            throw new InvalidDataException($"The {store} has schema version {version}; this Earmark knows up to {newest}. A newer one wrote it.");
        }
    }
}
