using Earmark.Silo.Sites.Snapshots;

namespace Earmark.Silo.Cattle;

/// <summary>Tags that were heard and are bound to no animal: newborn, bought, strayed in, or lost and found. The first <see cref="Maximum"/> are named.</summary>
internal sealed class StrangerList
{
    public const int Maximum = 1_000;

    private readonly SortedDictionary<ulong, uint> _lastHeard = [];

    public int Count => _lastHeard.Count;

    public IEnumerable<(ulong Tag, uint LastHeard)> All => _lastHeard.Select(row => (row.Key, row.Value));

    public void Hear(ulong tag, uint second)
    {
        if (_lastHeard.TryGetValue(tag, out var known))
        {
            _lastHeard[tag] = Math.Max(known, second);
        }
        else if (_lastHeard.Count < Maximum)
        {
            _lastHeard.Add(tag, second);
        }
    }

    /// <summary>A tag that was bound is a stranger no more.</summary>
    public void Forget(ulong tag) => _lastHeard.Remove(tag);

    public void Write(ColumnWriter columns) =>
        columns.Rows<Row>("strangers", _lastHeard.Select(row => new Row(row.Key, row.Value)).ToArray());

    public void Read(ColumnReader columns)
    {
        foreach (var row in columns.Rows<Row>("strangers"))
        {
            _lastHeard.Add(row.Tag, (uint)row.LastHeard);
        }
    }

    private readonly record struct Row(ulong Tag, ulong LastHeard);
}
