using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Snapshots;

namespace Earmark.Silo.Feeding;

/// <summary>
/// What was loaded and put out, per day, pen and ration: grams of today and of the day before, by the day of the feeder's own time.
/// A day is a UTC day; the institution's calendar is applied where people read it.
/// </summary>
internal sealed class FeedBook
{
    /// <summary>Rows of (day, pen, code) kept; beyond it events are counted as overflow only.</summary>
    public const int Maximum = 10_000;
    public const int Days = 2;

    private readonly SortedDictionary<(uint Day, string Pen, string Code), long> _grams = new(Comparer<(uint Day, string Pen, string Code)>.Create(Compare));

    public long Overflowed { get; private set; }

    public uint Today { get; private set; }

    public void Take(in FeedEvents events, uint second, uint now)
    {
        Pass(now);
        foreach (var happened in events)
        {
            var day = (uint)Math.Max(0, second + happened.TimeOffsetSeconds) / Seconds.Day;
            if (day + Days <= Today)
            {
                continue;
            }

            var key = (day, happened.Pen.ToString(), happened.Code.ToString());
            if (_grams.TryGetValue(key, out var known))
            {
                _grams[key] = known + happened.WeightGrams;
            }
            else if (_grams.Count < Maximum)
            {
                _grams.Add(key, happened.WeightGrams);
            }
            else
            {
                Overflowed++;
            }
        }
    }

    /// <summary>Forgets what is older than yesterday.</summary>
    public void Pass(uint now)
    {
        if (now / Seconds.Day <= Today)
        {
            return;
        }

        Today = now / Seconds.Day;
        foreach (var old in _grams.Keys.TakeWhile(key => key.Day + Days <= Today).ToArray())
        {
            _grams.Remove(old);
        }
    }

    /// <summary>Grams put out at a pen on a day, all rations; the empty pen is what was loaded.</summary>
    public long Grams(uint day, string pen) =>
        _grams.Where(row => row.Key.Day == day && row.Key.Pen == pen).Sum(row => row.Value);

    public long Delivered(uint day) => _grams.Where(row => row.Key.Day == day && row.Key.Pen.Length > 0).Sum(row => row.Value);

    public void Write(ColumnWriter columns) =>
        columns.Json("feed", new Kept(Today, Overflowed, [.. _grams.Select(row => new Row(row.Key.Day, row.Key.Pen, row.Key.Code, row.Value))]), _grams.Count);

    public void Read(ColumnReader columns)
    {
        var kept = columns.Json<Kept>("feed");
        Today = kept.Today;
        Overflowed = kept.Overflowed;
        foreach (var row in kept.Rows)
        {
            _grams.Add((row.Day, row.Pen, row.Code), row.Grams);
        }
    }

    private static int Compare((uint Day, string Pen, string Code) one, (uint Day, string Pen, string Code) other) =>
        one.Day != other.Day ? one.Day.CompareTo(other.Day)
        : string.CompareOrdinal(one.Pen, other.Pen) is var pens && pens != 0 ? pens
        : string.CompareOrdinal(one.Code, other.Code);

    private sealed record Kept(uint Today, long Overflowed, Row[] Rows);

    private sealed record Row(uint Day, string Pen, string Code, long Grams);
}
