using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.Silo.Sites.Frames;

/// <summary>Whether a frame's own time is believed.</summary>
internal enum TimeMark : byte
{
    None = 0,
    InFuture = 1,
    Unsynchronised = 2,
}

/// <summary>
/// The instant at which a frame's readings take effect: its device's time, never later than its entry's. A time that is not believed
/// (ahead of the entry by more than the tolerance, or a clock not set since power-up) leaves the frame journaled, counted and
/// marked, and its readings change nothing: value goes on falling as if nothing had been heard.
/// </summary>
internal static class EventTime
{
    public const int FutureToleranceSeconds = 120;

    public static TimeMark Judge(in EnvelopeHeader header, DateTimeOffset entryAt, out uint second)
    {
        var at = entryAt.ToUnixTimeMilliseconds();
        second = (uint)(Math.Min(header.TimeUnixMilliseconds, at) / 1000);
        if ((header.Flags & FrameFlags.ClockUnsynchronised) != 0)
        {
            return TimeMark.Unsynchronised;
        }

        return header.TimeUnixMilliseconds > at + (FutureToleranceSeconds * 1000L) ? TimeMark.InFuture : TimeMark.None;
    }

    /// <summary>The name shown with a marked frame; null when its time is believed.</summary>
    public static string? Name(TimeMark mark) => mark switch
    {
        TimeMark.InFuture => "time-in-future",
        TimeMark.Unsynchronised => "clock-unsynchronised",
        _ => null,
    };
}
