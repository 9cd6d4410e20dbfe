using Earmark.Portal.Identity;

namespace Earmark.Portal.Live;

/// <summary>
/// One kind of topic. Pages name a topic <c>NAME</c> or <c>NAME:ARGUMENT</c>; the source decides who may listen and
/// what that means for them, and reads it from one grain, never one grain a row.
/// </summary>
public interface ILiveSource
{
    string Name { get; }

    /// <summary>The key the board reads under, the same for everyone who sees the same; null when the viewer may not listen.</summary>
    Task<string?> ResolveAsync(Viewer viewer, string argument, CancellationToken cancel);

    Task<LiveTable> ReadAsync(string key, CancellationToken cancel);
}
