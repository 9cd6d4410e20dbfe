using Earmark.Bench.Load;
using Earmark.Bench.Measured;
using Earmark.Bench.Report;
using Earmark.Bench.Running;

namespace Earmark.Bench;

/// <summary><c>bench [--quick|--large] [name…]</c>: measures and prints the table. <c>load FILE</c> is its own load generator, in a process of its own.</summary>
internal static class BenchCommand
{
    private const string Quick = "--quick";
    private const string Large = "--large";
    private const int UnknownName = 2;
    private const int Failed = 1;

    private static readonly (string Name, Func<Sizes, Task<IReadOnlyList<Row>>> Measure)[] Benches =
    [
        ("observations", Observations.MeasureAsync),
        ("single", SingleReadings.MeasureAsync),
        ("heap", HeapPerTag.MeasureAsync),
        ("latency", FrameToLtv.MeasureAsync),
        ("prices", PriceChange.MeasureAsync),
        ("restart", Restart.MeasureAsync),
        ("decoding", _ => Decoding.MeasureAsync()),
        ("schedules", SchedulePlans.MeasureAsync),
        ("ledger", LedgerTransfers.MeasureAsync),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [LoadProcess.Subcommand, var plan])
        {
            return await LoadCommand.RunAsync(plan);
        }

        var names = arguments.Where(argument => argument is not Quick and not Large).ToArray();
        if (names.FirstOrDefault(name => Benches.All(bench => bench.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no '{unknown}'; there are {string.Join(", ", Benches.Select(bench => bench.Name))}.");
            return UnknownName;
        }

        var sizes = arguments.Contains(Quick) ? Sizes.Quick : arguments.Contains(Large) ? Sizes.Large : Sizes.Full;
        Console.WriteLine(Machine.Describe());
        List<Row> rows = [];
        var failures = 0;
        foreach (var (name, measure) in Benches.Where(bench => names.Length == 0 || names.Contains(bench.Name)))
        {
            Progress.Say($"{name} …");
            try
            {
                rows.AddRange(await measure(sizes));
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                failures++;
                Console.Error.WriteLine($"{name} could not be measured: {failure}");
            }
        }

        Console.WriteLine(Table.Of(rows));
        Console.WriteLine(Machine.Describe());
        return failures == 0 ? 0 : Failed;
    }
}
