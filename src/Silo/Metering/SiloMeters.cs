using System.Diagnostics;
using System.Diagnostics.Metrics;
using Earmark.Silo.Sites.Writing;

namespace Earmark.Silo.Metering;

/// <summary>Instruments of the grains. One set a process: what they count is the process's.</summary>
public static class SiloMeters
{
    /// <summary>Of the meter and of the activity source.</summary>
    public const string Name = "Earmark.Silo";

    internal static readonly Freshness Sites = new();
    internal static readonly Freshness Facilities = new();
    internal static readonly Meter Meter = new(Name);
    internal static readonly ActivitySource Activities = new(Name);

    private static readonly Counter<long> Entries = Meter.CreateCounter<long>(
        "earmark.journal.entries", "{entry}", "Entries made durable");

    private static readonly Histogram<double> Commits = Meter.CreateHistogram(
        "earmark.journal.commit",
        "s",
        "From handing an append to the journal until it is durable",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] });

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "earmark.journal.failures", "{append}", "Appends that were not written, or nobody knows, by outcome");

    private static readonly Counter<long> Quarantines = Meter.CreateCounter<long>(
        "earmark.site.quarantined", "{entry}", "Entries that could not be applied and were set aside");

    internal static void Appended(AppendOutcome outcome, int entries, TimeSpan took)
    {
        if (outcome == AppendOutcome.Written)
        {
            Entries.Add(entries);
            Commits.Record(took.TotalSeconds);
        }
        else
        {
            Failures.Add(1, new KeyValuePair<string, object?>("outcome", outcome switch
            {
                AppendOutcome.Fenced => "fenced",
                AppendOutcome.Unavailable => "unavailable",
                _ => "unknown",
            }));
        }
    }

    internal static void Quarantined() => Quarantines.Add(1);
}
