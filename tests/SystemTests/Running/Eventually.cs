using System.Diagnostics;

namespace Earmark.SystemTests.Running;

/// <summary>Waits for what must come, however slow the machine.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task Holds(Func<bool> condition, string what)
    {
        for (var since = Stopwatch.GetTimestamp(); !condition(); await Task.Delay(Look))
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Limit, $"Waited {Limit} in vain: {what}");
        }
    }
}
