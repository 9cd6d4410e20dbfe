namespace Earmark.FirmwareProtocols.Weighing;

/// <summary>
/// Derives stability where the line does not say it: the same weight several times running stood still. A line that is no weight starts the count anew.
/// </summary>
/// <param name="times">At least 2; 5 at ten lines a second is half a second.</param>
public sealed class SamenessRule(int times = SamenessRule.DefaultTimes)
{
    public const int DefaultTimes = 5;
    private ScaleMessage? _last;
    private int _seen;

    /// <summary>The message, marked derived when it counts as stable. What says so itself is left as it is.</summary>
    public ScaleMessage Judge(ScaleMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Event != ScaleEvent.Weight || message.Stable != Stability.Unknown)
        {
            (_last, _seen) = (null, 0);
            return message;
        }
        _seen = message == _last ? Math.Min(_seen + 1, times) : 1;
        _last = message;
        return _seen >= times ? message with { Stable = Stability.Derived } : message;
    }
}
