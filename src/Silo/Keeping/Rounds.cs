using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Keeping;

/// <summary>Calls many grains, a bounded number at a time, where one that fails doesn't stop the others.</summary>
internal static class Rounds
{
    /// <summary>The names of those that failed. Runs on the caller's scheduler: a grain stays single-threaded.</summary>
    public static async Task<List<string>> Run<T>(IReadOnlyList<T> items, int atOnce, Func<T, Task> call, Func<T, string> name, ILogger log)
    {
        var failed = new List<string>();
        var next = 0;

        async Task Worker()
        {
            while (next < items.Count)
            {
                var item = items[next++];
                try
                {
                    await call(item);
                }
                catch (Exception failure) when (failure is not OutOfMemoryException)
                {
                    log.LogWarning(failure, "{Name} failed", name(item));
                    failed.Add(name(item));
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(atOnce, items.Count)).Select(_ => Worker()));
        return failed;
    }
}
