namespace Earmark.DeviceSim.World;

/// <summary>
/// The times when no simulator ran. Nature went on, but nobody traded: a truck that left unweighed because the program was stopped
/// overnight would be a shortage that no one in the story caused.
/// </summary>
public sealed class Pauses
{
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _pauses = [];

    public void Add(DateTimeOffset from, DateTimeOffset to) => _pauses.Add((from, to));

    /// <summary><paramref name="at"/> itself, or the end of the pause it lies in.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset at)
    {
        foreach ((DateTimeOffset from, DateTimeOffset to) in _pauses)
        {
            if (at > from && at <= to)
            {
                at = to + TimeSpan.FromSeconds(1);
            }
        }

        return at;
    }

    public bool Contains(DateTimeOffset at) => NextOpen(at) != at;
}
