using System.Data.Common;

namespace Earmark.Storage.Book;

/// <summary>The outbox in the Book. Rows enter only with the decision that caused them.</summary>
public sealed class Outbox(BookDatabase book) : IOutbox
{
    public const int ErrorLength = 500;
    private const string Columns = "event_id, institution_id, kind, subject, body, at, tries, delivered_sinks";

    // Materialized, so that it is asked once: asked again for each row it would pass over those just taken and take more than the limit.
    public Task<IReadOnlyList<OutboxRow>> TakeAsync(int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancel) => book.WriteAsync<IReadOnlyList<OutboxRow>>(
        async session =>
        {
            var taken = await session.QueryAsync(
                $"""
                WITH due AS MATERIALIZED (
                    SELECT event_id FROM outbox WHERE done_at IS NULL AND due_at <= @now ORDER BY due_at, event_id LIMIT @count {book.SkipHeldRows})
                UPDATE outbox SET due_at = @hidden WHERE event_id IN (SELECT event_id FROM due)
                RETURNING {Columns}
                """,
                Read,
                ("@hidden", now + lease),
                ("@now", now),
                ("@count", BookLimits.Page(count)));
            taken.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.EventId, b.EventId));
            return taken;
        },
        cancel);

    public Task DeliveredAsync(string eventId, string sink, DateTimeOffset at, CancellationToken cancel) => book.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE outbox SET delivered_sinks = trim(delivered_sinks || ' ' || @sink)
            WHERE event_id = @event AND ' ' || delivered_sinks || ' ' NOT LIKE '% ' || @sink || ' %'
            """,
            ("@sink", sink),
            ("@event", eventId)),
        cancel);

    public Task DoneAsync(string eventId, DateTimeOffset at, CancellationToken cancel) => book.WriteAsync(
        session => session.ExecuteAsync("UPDATE outbox SET done_at = @at WHERE event_id = @event AND done_at IS NULL", ("@at", at), ("@event", eventId)),
        cancel);

    public Task FailedAsync(string eventId, string error, DateTimeOffset dueAt, CancellationToken cancel) => book.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE outbox SET tries = tries + 1, due_at = @due, last_error = @error WHERE event_id = @event AND done_at IS NULL",
            ("@due", dueAt),
            ("@error", error.Length > ErrorLength ? error[..ErrorLength] : error),
            ("@event", eventId)),
        cancel);

    public Task<long> PendingAsync(CancellationToken cancel) => book.ReadAsync(
        async session => await session.NumberAsync("SELECT count(*) FROM outbox WHERE done_at IS NULL") ?? 0,
        cancel);

    /// <summary>Due at once. The same event again changes nothing.</summary>
    internal static Task<int> AddAsync(BookSession session, OutboxRow row) => session.ExecuteAsync(
        """
        INSERT INTO outbox (event_id, institution_id, kind, subject, body, at, due_at, tries, delivered_sinks)
        VALUES (@event, @institution, @kind, @subject, @body, @at, @at, 0, '') ON CONFLICT DO NOTHING
        """,
        ("@event", row.EventId),
        ("@institution", row.InstitutionId),
        ("@kind", row.Kind),
        ("@subject", row.Subject),
        ("@body", row.Body),
        ("@at", row.At));

    private static OutboxRow Read(DbDataReader row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Time(5), row.Int(6), row.Text(7));
}
