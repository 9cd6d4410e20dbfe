namespace Earmark.Bench.Running;

/// <summary>The built program, of the same configuration as the bench.</summary>
internal static class Checkout
{
    public static readonly string Program = Path.Combine(
        FindRoot(), "src", "Earmark", "bin", AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "earmark.dll");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Earmark.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The bench runs outside its checkout.");
    }
}
