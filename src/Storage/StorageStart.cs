using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Hosting;

namespace Earmark.Storage;

/// <summary>Opening a store migrates it; being asked for here, a file that can't be opened stops the host's start instead of its first user.</summary>
#pragma warning disable CS9113 // Resolving them is what this class is for.
internal sealed class StorageStart(IJournal journal, BookDatabase book, IHistory history) : IHostedService
#pragma warning restore CS9113
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
