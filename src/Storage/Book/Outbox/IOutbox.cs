namespace Earmark.Storage.Book;

/// <summary>Events written in the transaction that caused them and delivered afterwards, each until it succeeded once.</summary>
public interface IOutbox
{
    /// <summary>Takes up to <paramref name="count"/> events due at <paramref name="now"/> and hides them until the lease ends.</summary>
    Task<IReadOnlyList<OutboxRow>> TakeAsync(int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancel);

    /// <summary>One sink has it: kept in <see cref="OutboxRow.DeliveredSinks"/>, so a retry for the others leaves this one alone.</summary>
    Task DeliveredAsync(string eventId, string sink, DateTimeOffset at, CancellationToken cancel);

    /// <summary>Every sink has it: it is pending no longer.</summary>
    Task DoneAsync(string eventId, DateTimeOffset at, CancellationToken cancel);

    /// <summary>Counts the try and makes the event due again at <paramref name="dueAt"/>.</summary>
    Task FailedAsync(string eventId, string error, DateTimeOffset dueAt, CancellationToken cancel);
    Task<long> PendingAsync(CancellationToken cancel);
}

/// <param name="DeliveredSinks">Names of sinks that have it, separated by spaces.</param>
public sealed record OutboxRow(string EventId, string InstitutionId, string Kind, string Subject, string Body, DateTimeOffset At, int Tries, string DeliveredSinks);
