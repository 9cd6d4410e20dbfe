namespace Earmark.Bench;

/// <summary>What is being done, on standard error: the table alone is on standard output.</summary>
internal static class Progress
{
    public static void Say(string line) => Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {line}");
}
