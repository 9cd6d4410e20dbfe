using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Outbox;

/// <summary>Somewhere events leave to. A delivery may come again with the same event id; receivers tell by it.</summary>
public interface IEventSink
{
    /// <summary>Kept with the event once delivered; one word, never renamed.</summary>
    string Name { get; }

    /// <summary>Throws when the event was not taken: it comes again later.</summary>
    Task DeliverAsync(OutboxRow happened, CancellationToken cancel);
}
