using System.Globalization;
using System.Runtime.InteropServices;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.Storage.History;

namespace Earmark.Silo.Histories;

/// <summary>
/// The readings that count into one quarter of journal time: that quarter's own, and late ones of earlier quarters, each kept
/// apart. A late piece gets a point of its own, some milliseconds after the start of the quarter it belongs to, so it never
/// overwrites what was written when that quarter closed; a point off the quarter is thereby marked as late.
/// </summary>
internal sealed class QuarterWindow(long quarter)
{
    public const long Milliseconds = 15 * 60_000;

    /// <summary>Aggregates held; beyond, they are written as they are and the rest of the quarter goes to points beside them.</summary>
    public const int Held = 200_000;

    private const int PiecesPerLag = 64;
    private const long LongestLag = (Milliseconds / PiecesPerLag) - 1;

    // A tag's number has 15 digits and so 50 bits; the lag has the 14 above them. One long is a third of the memory of a pair.
    private const int LagShift = 50;
    private readonly Dictionary<ulong, TagQuarter> _tags = [];
    private int _pieces;

    public long Quarter => quarter;

    public int Count => _tags.Count;

    public static long QuarterOf(long unixMilliseconds) => unixMilliseconds / Milliseconds;

    public void Add(TagNumber tag, long eventQuarter, in TagReading reading)
    {
        var lag = Math.Clamp(quarter - eventQuarter, 0, LongestLag);
        CollectionsMarshal.GetValueRefOrAddDefault(_tags, tag.Value | ((ulong)lag << LagShift), out _).Add(reading);
    }

    /// <summary>The points as they stand; the window goes on and gives the same points again, made whole.</summary>
    public List<HistoryPoint> Peek()
    {
        var points = new List<HistoryPoint>(_tags.Count);
        foreach (var (key, aggregate) in _tags)
        {
            var (tag, lag) = (key & ((1UL << LagShift) - 1), (long)(key >> LagShift));
            var at = ((quarter - lag) * Milliseconds) + (lag * PiecesPerLag) + Math.Min(_pieces, PiecesPerLag - 1);
            points.Add(new HistoryPoint(
                HistorySeries.TagQuarter, tag.ToString("D15", CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeMilliseconds(at), aggregate.Values()));
        }

        return points;
    }

    /// <summary>Gives the points up and begins the next piece; which readings are in which piece follows from their order in the journal alone.</summary>
    public List<HistoryPoint> Spill()
    {
        var points = Peek();
        _tags.Clear();
        _pieces++;
        return points;
    }
}
