namespace Earmark.Tests.House;

/// <summary>The checkout the tests were built from, found by walking up to the solution.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Where(path => !Ignored.Any(part => path.Contains($"{Path.DirectorySeparatorChar}{part}{Path.DirectorySeparatorChar}", StringComparison.Ordinal)));

    private static readonly string[] Ignored = ["bin", "obj", "node_modules", ".git", "data", "TestResults"];

    private static string FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Earmark.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Earmark.slnx above {from}.");
    }
}
