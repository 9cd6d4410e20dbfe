using Earmark.Silo.Sites.Writing;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Sites;

/// <summary>Opening states, from which a site is computed again once its older entries are in an archive.</summary>
internal abstract partial class SiteGrain
{
    public async ValueTask<bool> JournalOpening()
    {
        if (NotReady() is not null)
        {
            return false;
        }

        // The turn is ours: no entry comes between the state and the one that vouches for it.
        var state = new SiteSnapshot(SiteId, _writer!.Epoch, _writer.Position, _writer.Hash, SiteFold.ApplyVersion, _fold!.Snapshot());
        try
        {
            // The snapshot is never older than the opening, so an activation that has one needs nothing that was detached.
            await journal.SaveSnapshotAsync(state, CancellationToken.None);
            if (!await journal.SaveOpeningAsync(state, CancellationToken.None))
            {
                return false;
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.LogWarning(failure, "{SiteId} journaled no opening state", SiteId);
            return false;
        }

        return await AppendAndApplyAsync([Draft.Opening(OpeningState.Of(state), NextEntryTime())]) is null;
    }
}
