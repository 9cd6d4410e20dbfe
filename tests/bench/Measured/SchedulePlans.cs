using System.Diagnostics;
using Earmark.Bench.Report;
using Earmark.Finance;

namespace Earmark.Bench.Measured;

/// <summary>A plan of 360 instalments, one thread: the median of many, so that another's load on the machine does not show.</summary>
internal static class SchedulePlans
{
    private const int Rounds = 2_000;
    private const double Goal = 100;

    public static Task<IReadOnlyList<Row>> MeasureAsync(Sizes sizes)
    {
        var terms = new ScheduleTerms
        {
            Drawings = [new Drawing(new DateOnly(2026, 1, 31), new Money(123_456_789))],
            AnnualRate = 0.0435m,
            Method = RepaymentMethod.EqualInstalment,
            FirstDueOn = new DateOnly(2026, 2, 28),
            SeedDay = 31,
            Instalments = 360,
        };
        return Task.FromResult<IReadOnlyList<Row>>(
        [
            new("schedule of 360 equal instalments, 30/360, µs", "one thread, median", Median(terms), Goal),
            new("· on actual/actual", Row.SameRun, Median(terms with { DayCount = DayCount.ActualActual }), Goal),
        ]);
    }

    private static double Median(ScheduleTerms terms)
    {
        var taken = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            Schedules.Compute(terms);
            taken[round] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        }

        Array.Sort(taken);
        return taken[Rounds / 2];
    }
}
