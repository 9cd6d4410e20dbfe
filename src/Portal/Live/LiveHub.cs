using Earmark.Portal.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Earmark.Portal.Live;

/// <summary>The socket of a page's live rows. Signed in by the page's cookie; every topic is authorised when asked for.</summary>
[Authorize]
internal sealed class LiveHub(LiveBoard board) : Hub
{
    public const string Path = "/live";
    private const int TopicCharacters = 300;

    public override Task OnConnectedAsync()
    {
        board.Open(Context.ConnectionId, Viewer.Of(Context.User!) ?? throw new HubException("not signed in"));
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        board.Close(Context.ConnectionId);
        return Task.CompletedTask;
    }

    /// <summary>Everything the topic shows now; then <c>rows</c> and <c>start</c> messages. Null: no such topic for this viewer, or too many.</summary>
    public Task<LiveStart?> Listen(string topic, int everySeconds) => topic.Length > TopicCharacters
        ? Task.FromResult<LiveStart?>(null)
        : board.ListenAsync(Context.ConnectionId, topic, everySeconds, Context.ConnectionAborted);
}
