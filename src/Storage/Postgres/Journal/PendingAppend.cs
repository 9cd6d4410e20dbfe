using Earmark.Storage.Journal;

namespace Earmark.Storage.Postgres;

/// <summary>An append waiting for its group's commit.</summary>
internal sealed class PendingAppend(JournalAppend append, int bytes)
{
    // Asynchronous continuations: a caller's code never runs on the writer's thread.
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JournalAppend Append { get; } = append;

    /// <summary>Of all bodies.</summary>
    public int Bytes { get; } = bytes;

    /// <summary>The site's number in the database; set when the group is made.</summary>
    public int SiteKey { get; set; }

    public Task<bool> Answered => _answer.Task;

    public void Answer(bool written) => _answer.TrySetResult(written);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
