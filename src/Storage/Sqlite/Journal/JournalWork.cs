using Earmark.Storage.Journal;

namespace Earmark.Storage.Sqlite;

/// <summary>One thing waiting for the writer. Applied inside the group's transaction, answered after its commit.</summary>
internal abstract class JournalWork
{
    public virtual int Bytes => 0;

    public abstract void Apply(JournalStatements journal);

    public abstract void Answer();

    public abstract void Fail(Exception exception);
}

/// <param name="apply">Runs on the writer's thread.</param>
internal sealed class JournalWork<T>(Func<JournalStatements, T> apply, int bytes) : JournalWork
{
    // Asynchronous continuations: a caller's code never runs on the writer's thread.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Answered => _answer.Task;

    public override int Bytes => bytes;

    public override void Apply(JournalStatements journal) => _result = apply(journal);

    public override void Answer() => _answer.TrySetResult(_result!);

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}
