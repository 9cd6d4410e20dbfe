using Earmark.Silo.Sites.Snapshots;

namespace Earmark.Silo.Warehouses;

/// <summary>A purposeful weighing that named no lot of the site.</summary>
internal sealed record UnmatchedWeighing(long Position, uint Second, string ScaleId, string Purpose, string Reference, long NetGrams);

/// <summary>The last weighings nobody could place: goods that came or went without a booking. Past <see cref="Kept"/> the oldest goes; the count stays.</summary>
internal sealed class UnmatchedWeighings
{
    public const int Kept = 100;

    private List<UnmatchedWeighing> _newest = [];

    public long Count { get; private set; }

    public IReadOnlyList<UnmatchedWeighing> Newest => _newest;

    public void Add(UnmatchedWeighing weighing)
    {
        Count++;
        _newest.Add(weighing);
        if (_newest.Count > Kept)
        {
            _newest.RemoveAt(0);
        }
    }

    public void Write(ColumnWriter columns) => columns.Json("unmatched", new State(Count, _newest), _newest.Count);

    public void Read(ColumnReader columns) => (Count, _newest) = columns.Json<State>("unmatched");

    private sealed record State(long Count, List<UnmatchedWeighing> Newest);
}
