using System.Globalization;
using System.Runtime.InteropServices;

namespace Earmark.Bench.Running;

/// <summary>
/// CPU time of a process, user and system, all threads: the sum <c>/proc/PID/stat</c> shows in ticks of 10 ms, read from the process's
/// CPU clock (clock_getcpuclockid(3)) because some of what is measured takes less than a tick.
/// </summary>
internal static class ProcessCpu
{
    // Linux packs a process's scheduler clock as the inverted id above three bits (CPUCLOCK_SCHED = 2).
    private const int SchedulerClock = 2;

    // USER_HZ, the same on every Linux .NET runs on.
    private const int TicksPerSecond = 100;

    public static TimeSpan Of(int processId)
    {
        if (Read((~processId << 3) | SchedulerClock, out var time) != 0)
        {
            throw new InvalidOperationException($"Process {processId} has no CPU clock; did it end?");
        }

        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1_000d);
    }

    /// <summary>Of a process, its living children and those that have ended, in the ticks of <c>/proc/PID/stat</c>: PostgreSQL has a process for each connection.</summary>
    public static TimeSpan OfFamily(int processId)
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            if (TryReadStat(folder) is not { } fields)
            {
                continue;
            }

            // After the name: state, parent, …; 11 to 14 are user, system, and the two of ended children (proc(5)).
            var self = Path.GetFileName(folder) == processId.ToString(CultureInfo.InvariantCulture);
            if (self || fields[1] == processId.ToString(CultureInfo.InvariantCulture))
            {
                ticks += fields.Skip(11).Take(self ? 4 : 2).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            }
        }

        return TimeSpan.FromSeconds(ticks / (double)TicksPerSecond);
    }

    private static string[]? TryReadStat(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int Read(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
