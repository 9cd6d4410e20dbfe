using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Earmark.DeviceSim.Scripts;

/// <summary>The scenarios that come with the simulator, by the names of their files without ".json".</summary>
public static class BundledScenarios
{
    private const string Prefix = "Scenarios/";
    private const string Suffix = ".json";

    public static IReadOnlyList<string> Names => [.. typeof(BundledScenarios).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..^Suffix.Length])
        .Order(StringComparer.Ordinal)];

    public static bool TryRead(string name, [NotNullWhen(true)] out Scenario? scenario, out string error)
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name + Suffix);
        if (stream is null)
        {
            scenario = null;
            error = $"no scenario '{name}'; there are {string.Join(", ", Names)}.";
            return false;
        }

        using var content = new MemoryStream();
        stream.CopyTo(content);
        return ScenarioReader.TryRead(content.ToArray(), out scenario, out error);
    }

    /// <summary>A path to a file, or else the name of a bundled scenario.</summary>
    public static bool TryFind(string pathOrName, [NotNullWhen(true)] out Scenario? scenario, out string error) =>
        File.Exists(pathOrName) || pathOrName.EndsWith(Suffix, StringComparison.Ordinal)
            ? ScenarioReader.TryReadFile(pathOrName, out scenario, out error)
            : TryRead(pathOrName, out scenario, out error);
}
