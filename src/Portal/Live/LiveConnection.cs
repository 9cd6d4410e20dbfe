using System.Collections.Concurrent;
using Earmark.Portal.Identity;

namespace Earmark.Portal.Live;

/// <summary>One open page: what it listens to, what it has seen, and whether the last send is still on its way.</summary>
internal sealed class LiveConnection(string id, Viewer viewer)
{
    private Task sending = Task.CompletedTask;

    public string Id => id;

    public Viewer Viewer => viewer;

    public ConcurrentDictionary<string, LiveListening> Listening { get; } = new(StringComparer.Ordinal);

    /// <summary>One send at a time. A page that is still busy with the last one is passed over until the next tick.</summary>
    public bool TrySend(Func<Task> send)
    {
        if (!sending.IsCompleted)
        {
            return false;
        }

        sending = send();
        return true;
    }
}

/// <param name="EverySeconds">How often the page wants news at most (a phone less often).</param>
internal sealed class LiveListening(LiveTopic topic, int everySeconds, long seen)
{
    public LiveTopic Topic => topic;

    public int EverySeconds => everySeconds;

    public long Seen { get; set; } = seen;
}
