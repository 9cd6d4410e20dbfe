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

    public static TimeSpan Of(int processId)
    {
        if (Read((~processId << 3) | SchedulerClock, out var time) != 0)
        {
            throw new InvalidOperationException($"Process {processId} has no CPU clock; did it end?");
        }

        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1_000d);
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
