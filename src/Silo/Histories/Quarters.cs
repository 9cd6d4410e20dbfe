using Earmark.FirmwareProtocols.EarTag;
using Earmark.Storage.History;

namespace Earmark.Silo.Histories;

/// <summary>
/// Ear-tag readings gathered into quarters of an hour, so that reading the same entries again gives the same points.
/// <para>
/// Time here is the newest entry time seen so far, which only the order of the journal decides. A quarter opens with the first
/// entry at or after its start, and the sequence before that entry is its boundary. It closes once time is
/// <see cref="SettlingMilliseconds"/> past its end, taking in what was read in that quarter but arrived just after. Only then
/// does <see cref="Watermark"/> move, to the boundary of the quarter after it: it never passes an open quarter. Started again
/// there, the open quarter is rebuilt whole, and stragglers of the closed one are left out because its point has them.
/// </para>
/// </summary>
internal sealed class Quarters(long watermark)
{
    public const long SettlingMilliseconds = 120_000;

    private readonly List<HistoryPoint> _finished = [];
    private QuarterWindow? _settling;
    private QuarterWindow? _open;
    private long _boundary;
    private long _time;

    /// <summary>Everything up to this sequence is in points already given out by <see cref="TakeFinished"/>.</summary>
    public long Watermark { get; private set; } = watermark;

    public int Count => (_open?.Count ?? 0) + (_settling?.Count ?? 0);

    /// <summary>To be called for every entry, of any kind, before its readings are added.</summary>
    public void Pass(long sequence, DateTimeOffset entryAt)
    {
        _time = Math.Max(_time, entryAt.ToUnixTimeMilliseconds());
        var quarter = QuarterWindow.QuarterOf(_time);
        if (_open is null)
        {
            // At a watermark the quarter before is closed and written; at the very beginning it is not.
            _settling = Watermark == 0 ? new QuarterWindow(quarter - 1) : null;
            Open(quarter, sequence);
        }
        else if (quarter > _open.Quarter)
        {
            Finish(_settling);
            _settling = _open;
            if (quarter > _open.Quarter + 1)
            {
                Finish(_settling);
                _settling = new QuarterWindow(quarter - 1);
            }

            Open(quarter, sequence);
        }

        if (_settling is not null && _time >= (_open!.Quarter * QuarterWindow.Milliseconds) + SettlingMilliseconds)
        {
            Finish(_settling);
            _settling = null;
            Watermark = _boundary;
        }
    }

    public void Add(TagNumber tag, long eventMilliseconds, in TagReading reading)
    {
        var quarter = QuarterWindow.QuarterOf(eventMilliseconds);
        var window = _open!;
        if (quarter == window.Quarter - 1 && _time < (window.Quarter * QuarterWindow.Milliseconds) + SettlingMilliseconds)
        {
            if (_settling is null)
            {
                return;
            }

            window = _settling;
        }

        window.Add(tag, quarter, reading);
        if (window.Count >= QuarterWindow.Held)
        {
            _finished.AddRange(window.Spill());
        }
    }

    /// <summary>Points of quarters that closed since the last call.</summary>
    public List<HistoryPoint> TakeFinished()
    {
        var taken = new List<HistoryPoint>(_finished);
        _finished.Clear();
        return taken;
    }

    /// <summary>Points of the open quarter so far, for charts that should not wait for its end; they are written again when it closes.</summary>
    public List<HistoryPoint> Unfinished() => _open?.Peek() ?? [];

    private void Open(long quarter, long sequence)
    {
        _open = new QuarterWindow(quarter);
        _boundary = sequence - 1;
    }

    private void Finish(QuarterWindow? window)
    {
        if (window is not null)
        {
            _finished.AddRange(window.Spill());
        }
    }
}
