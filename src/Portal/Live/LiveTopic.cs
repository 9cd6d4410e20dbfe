using Earmark.Contracts.Time;

namespace Earmark.Portal.Live;

/// <summary>
/// The newest rows of one topic, each with the tick it last changed at. Only the newest value of a key is kept, so a
/// slow listener gets fewer, newer rows and never a queue.
/// </summary>
internal sealed class LiveTopic(string id, ILiveSource source, string key)
{
    private readonly Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
    private readonly List<LiveRow> rows = [];
    private readonly List<long> changedAt = [];
    private string[] columns = [];

    public string Id => id;

    public ILiveSource Source => source;

    public string Key => key;

    /// <summary>Raised by every change; a listener remembers the one it has seen.</summary>
    public long Version { get; private set; }

    /// <summary>The version at which rows came or went: listeners from before need everything again.</summary>
    public long ShapeVersion { get; private set; }

    public void Take(LiveTable table)
    {
        lock (rows)
        {
            var shown = table.Rows.Take(PortalLimits.LiveRowsPerTopic).ToArray();
            if (columns.Length == 0 || shown.Length != rows.Count || shown.Where((row, index) => row.Key != rows[index].Key).Any())
            {
                Reshape(table.Columns, shown);
                return;
            }

            var next = Version + 1;
            for (var index = 0; index < shown.Length; index++)
            {
                if (!shown[index].Values.AsSpan().SequenceEqual(rows[index].Values))
                {
                    rows[index] = shown[index];
                    changedAt[index] = next;
                    Version = next;
                }
            }
        }
    }

    public LiveStart Start(DomainClock clock, out long version)
    {
        lock (rows)
        {
            version = Version;
            return new LiveStart(id, columns, [.. rows.Select(row => row.Key)], [.. rows.Select(Numbered)], clock.GetUtcNow().ToUnixTimeMilliseconds(), clock.Factor);
        }
    }

    /// <summary>Rows changed after a version, each led by its index.</summary>
    public object?[][] Since(long seen, out long version)
    {
        lock (rows)
        {
            version = Version;
            return seen == Version ? [] : [.. rows.Where((_, index) => changedAt[index] > seen).Select(Numbered)];
        }
    }

    private object?[] Numbered(LiveRow row) => [indexOf[row.Key], .. row.Values];

    private void Reshape(string[] newColumns, LiveRow[] shown)
    {
        columns = newColumns;
        rows.Clear();
        changedAt.Clear();
        indexOf.Clear();
        Version++;
        ShapeVersion = Version;
        foreach (var row in shown)
        {
            indexOf[row.Key] = rows.Count;
            rows.Add(row);
            changedAt.Add(Version);
        }
    }
}
