using Earmark.Storage.Journal;

namespace Earmark.Silo.Sites.Writing;

/// <summary>Where a recomputation starts: nothing while the journal has every entry of the site, else the newest opening state, checked against the entry that vouches for it.</summary>
internal static class SiteOpening
{
    /// <exception cref="InvalidDataException">Earlier entries are in an archive, and no opening state of this version before the head stands in for them.</exception>
    public static async Task<SiteSnapshot?> OfAsync(IJournal journal, SiteHead head, CancellationToken cancel)
    {
        if (await journal.CutAsync(head.SiteId, cancel) is not { } cut)
        {
            return null;
        }

        var opening = await journal.LoadOpeningAsync(head.SiteId, cancel);
        if (opening is null || opening.Position < cut.Position || opening.Position > head.Position)
        {
            throw new InvalidDataException($"the entries of {head.SiteId} up to {cut.Position} are in an archive, and no opening state before {head.Position} stands in for them");
        }

        if (opening.ApplyVersion != SiteFold.ApplyVersion)
        {
            throw new InvalidDataException(
                $"the opening state of {head.SiteId} at {opening.Position} is of version {opening.ApplyVersion}, this is {SiteFold.ApplyVersion}: bring the archived entries back to compute it again");
        }

        return await journal.ReadAsync(head.SiteId, opening.Position, 1, cancel) is [var entry] && OpeningState.Vouches(entry, opening)
            ? opening
            : throw new InvalidDataException($"the journal of {head.SiteId} does not vouch for its opening state at {opening.Position}");
    }
}
