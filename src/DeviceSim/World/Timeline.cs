namespace Earmark.DeviceSim.World;

/// <summary>Who goes first at the same instant: what happens in the world, before the devices that look at it.</summary>
public enum Lane
{
    World,
    Device,
}

/// <summary>
/// What is going to happen, in order of time. Everything of the simulation runs from here, so cutting time into other steps
/// changes nothing. Not thread-safe: one thread runs the world.
/// </summary>
public sealed class Timeline(DateTimeOffset start)
{
    /// <summary>A schedule that grows past this is a bug in the world, not a big world.</summary>
    public const int MaxPending = 1_000_000;

    private readonly PriorityQueue<Action<DateTimeOffset>, (long Ticks, Lane Lane, long Order)> _pending = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = start;

    public int Pending => _pending.Count;

    /// <summary>Runs <paramref name="happen"/> at <paramref name="at"/>, or at once on the next <see cref="RunTo"/> when that is already past.</summary>
    public void Schedule(DateTimeOffset at, Lane lane, Action<DateTimeOffset> happen)
    {
        if (_pending.Count >= MaxPending)
        {
            throw new InvalidOperationException($"More than {MaxPending} things are scheduled.");
        }

        _pending.Enqueue(happen, (at.UtcTicks, lane, _order++));
    }

    /// <summary>Runs <paramref name="happen"/> at <paramref name="first"/> and every <paramref name="every"/> after it.</summary>
    public void Repeat(DateTimeOffset first, TimeSpan every, Lane lane, Action<DateTimeOffset> happen) =>
        Schedule(first, lane, at =>
        {
            happen(at);
            Repeat(at + every, every, lane, happen);
        });

    /// <summary>Runs everything due up to and including <paramref name="now"/>; an earlier time than before does nothing.</summary>
    public void RunTo(DateTimeOffset now)
    {
        while (_pending.TryPeek(out Action<DateTimeOffset>? happen, out (long Ticks, Lane, long) key) && key.Ticks <= now.UtcTicks)
        {
            _pending.Dequeue();
            var at = new DateTimeOffset(key.Ticks, TimeSpan.Zero);
            Now = at > Now ? at : Now;
            happen(at);
        }

        Now = now > Now ? now : Now;
    }
}
