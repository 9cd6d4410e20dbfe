using Earmark.Contracts.Alarms;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Sites.Outbound;

/// <summary>What stands at a site, told to its alarm board when it changed and again after each tick.</summary>
internal sealed class AlarmPost
{
    /// <summary>Causes named one by one; the rest is one cause that counts them.</summary>
    public const int Maximum = 1_000;

    private readonly Func<AlarmStanding> _standing;
    private readonly ISiteNeighbours _neighbours;
    private StandingCause[]? _told;

    public AlarmPost(Func<AlarmStanding> standing, ISiteNeighbours neighbours, ILogger log)
    {
        _standing = standing;
        _neighbours = neighbours;
        Post = new Post(SendAsync, log);
    }

    public Post Post { get; }

    public void Repeat() => _told = null;

    public static StandingCause[] Bounded(string siteId, DateTimeOffset at, IEnumerable<StandingCause> causes)
    {
        var all = causes.ToArray();
        return all.Length <= Maximum
            ? all
            : [.. all.Take(Maximum - 1), new StandingCause(siteId, "more-causes", 3, at, $"{all.Length - Maximum + 1} more causes are not named")];
    }

    private async Task SendAsync()
    {
        var standing = _standing();
        if (standing.InstitutionId.Length == 0)
        {
            // A site that was activated before it was defined belongs to nobody yet; its definition wakes this again.
            return;
        }

        if (_told is not null && _told.AsSpan().SequenceEqual(standing.Causes))
        {
            return;
        }

        await _neighbours.StandAsync(standing);
        _told = standing.Causes;
    }
}
