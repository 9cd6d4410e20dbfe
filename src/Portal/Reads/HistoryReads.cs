using Earmark.Storage.History;

namespace Earmark.Portal.Reads;

internal static class HistoryReads
{
    /// <summary>Null while History is away: a page goes without its chart rather than not at all.</summary>
    public static async Task<T?> UnlessAwayAsync<T>(this IHistory history, Func<IHistory, Task<T>> read)
        where T : class
    {
        try
        {
            return await read(history);
        }
        catch (HistoryAwayException)
        {
            return null;
        }
    }
}
