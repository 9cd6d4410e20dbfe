using System.Security.Cryptography;
using Earmark.Storage.Journal;
using Earmark.Tests.Storage.Journal;

namespace Earmark.SystemTests.Postgres;

/// <summary>A site that journals opening states as a grain does; its state is a byte or two.</summary>
internal sealed class OpenedSite(IJournal journal, SiteHead head)
{
    public Chain Chain { get; } = new(head);

    public static async Task<OpenedSite> TakeAsync(IJournal journal, string siteId) => new(journal, await journal.TakeEpochAsync(siteId, default));

    /// <summary>The state as it stands.</summary>
    public SiteSnapshot State() => new(head.SiteId, head.Epoch, Chain.Position, Chain.Hash, 1, [1, (byte)Chain.Position]);

    public async Task OpenAsync()
    {
        var state = State();
        Assert.True(await journal.SaveOpeningAsync(state, default));
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var at = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var body = OpeningState.Of(state).Write();
        var hash = ChainHash.Next(sha, state.Hash, state.Position + 1, EntryKind.OpeningState, 0, at, 1, 2, "", body);
        var append = new JournalAppend(head.SiteId, head.Epoch, state.Position, [new NewEntry(EntryKind.OpeningState, at, "", 0, 1, 2, body, hash)], hash);
        Assert.True(await journal.AppendAsync(append, default));
        Chain.Written(append);
    }
}
