namespace Earmark.SystemTests.Running;

/// <summary>The built program and where it lies, found from the tests' own folder.</summary>
internal static class Checkout
{
    public static readonly string Root = FindRoot();

    /// <summary>The same configuration as the tests were built in.</summary>
    public static readonly string Program = Path.Combine(
        Root, "src", "Earmark", "bin", AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "earmark.dll");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Earmark.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside their checkout.");
    }
}
