namespace Earmark.Bench.Report;

/// <summary>Where and when it was measured, and how busy the machine was.</summary>
internal static class Machine
{
    public static string LoadAverage => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    public static string Describe() =>
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC · {Environment.ProcessorCount} CPUs ({Processor()}) · .NET {Environment.Version} · load average {File.ReadAllText("/proc/loadavg").Trim()}";

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
}
