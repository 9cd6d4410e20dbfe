using System.Security.Cryptography;
using System.Text.Json;
using Earmark.Contracts.Sites;
using Earmark.Silo.Cattle;
using Earmark.Silo.Logistics;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Silo.Warehouses;
using Earmark.Storage.Journal;

namespace Earmark.Silo.Sites.Writing;

/// <summary>
/// Folds a site's journal up to a head. An entry that throws is left out and the fold starts again before it, so that nothing half
/// applied remains; so does a quarantine mark that stands further on for an entry that was applied.
/// </summary>
internal sealed class SiteReplay(IJournal journal, Func<SiteFold> newFold)
{
    public const int EntriesPerRead = 1_000;

    private readonly SortedDictionary<long, string> _skipped = [];

    /// <summary>Entries that threw and have no mark in the journal yet.</summary>
    public IEnumerable<QuarantineMark> Owed(SiteFold fold) => _skipped
        .Where(skipped => !fold.Core.Quarantined.Exists(mark => mark.Position == skipped.Key))
        .Select(skipped => new QuarantineMark(skipped.Key, skipped.Value));

    public static SiteFold NewFold(SiteKind kind, string siteId) => kind switch
    {
        SiteKind.Ranch => new RanchFold(siteId),
        SiteKind.Warehouse => new WarehouseFold(siteId),
        SiteKind.Fleet => new FleetFold(siteId),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of site"),
    };

    /// <summary>Recomputes a site from nothing, up to its head as it stands; null for a site never seen.</summary>
    /// <exception cref="InvalidDataException">the chain does not hold</exception>
    public static async Task<SiteFold?> FoldAsync(IJournal journal, SiteKind kind, string siteId, CancellationToken cancel)
    {
        var head = await journal.HeadAsync(siteId, cancel);
        return head is null ? null : await new SiteReplay(journal, () => NewFold(kind, siteId)).FoldAsync(head, null, cancel);
    }

    /// <param name="snapshot">
    /// Where to start; null for the beginning, or for the newest opening state where the beginning is detached. One of an older apply version,
    /// or whose columns do not fit, is left aside: the journal has it all.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The chain does not hold, a newer version was here (it may have written what this one cannot read), or entries are needed that are in an archive.
    /// </exception>
    public async Task<SiteFold> FoldAsync(SiteHead head, SiteSnapshot? snapshot, CancellationToken cancel)
    {
        if (snapshot is { ApplyVersion: > SiteFold.ApplyVersion })
        {
            throw new InvalidDataException($"{head.SiteId} has a snapshot of version {snapshot.ApplyVersion}; this is version {SiteFold.ApplyVersion}");
        }

        var start = snapshot is { ApplyVersion: SiteFold.ApplyVersion } && snapshot.Position <= head.Position ? snapshot : await SiteOpening.OfAsync(journal, head, cancel);
        while (true)
        {
            if (!TryStart(start, out var fold))
            {
                var opening = await SiteOpening.OfAsync(journal, head, cancel);
                start = start!.Position != opening?.Position
                    ? opening
                    : throw new InvalidDataException($"the opening state of {head.SiteId} at {start.Position} does not fit, and its earlier entries are in an archive");
                continue;
            }

            if (await TryFoldAsync(fold, head, start?.Hash ?? ChainHash.Origin, cancel))
            {
                return fold;
            }
        }
    }

    private bool TryStart(SiteSnapshot? start, out SiteFold fold)
    {
        fold = newFold();
        try
        {
            if (start is not null)
            {
                fold.Restore(start.State);
            }

            return true;
        }
        catch (Exception unfit) when (unfit is InvalidDataException or JsonException)
        {
            return false;
        }
    }

    private async Task<bool> TryFoldAsync(SiteFold fold, SiteHead head, byte[] hash, CancellationToken cancel)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (fold.Core.Position < head.Position)
        {
            var entries = await journal.ReadAsync(head.SiteId, fold.Core.Position, EntriesPerRead, cancel);
            if (entries.Count == 0)
            {
                throw new InvalidDataException($"the journal of {head.SiteId} ends at {fold.Core.Position}, its head says {head.Position}");
            }

            foreach (var entry in entries.TakeWhile(entry => entry.Position <= head.Position))
            {
                hash = ChainHash.Next(
                    sha, hash, entry.Position, entry.Kind, entry.Trust, entry.At, entry.CodecVersion, entry.SettingsVersion, entry.DeviceId, entry.Body);
                if (entry.Position != fold.Core.Position + 1 || !hash.AsSpan().SequenceEqual(entry.Hash))
                {
                    throw new InvalidDataException($"the chain of {head.SiteId} breaks at {entry.Position}");
                }

                if (!TryApply(fold, FoldEntry.Of(entry)))
                {
                    return false;
                }
            }
        }

        return hash.AsSpan().SequenceEqual(head.Hash)
            ? true
            : throw new InvalidDataException($"the chain of {head.SiteId} does not end in its head");
    }

    private bool TryApply(SiteFold fold, in FoldEntry entry)
    {
        if (_skipped.ContainsKey(entry.Position))
        {
            fold.Skip(entry);
            return true;
        }

        if (entry.Kind == EntryKind.Quarantine
            && JsonSerializer.Deserialize<QuarantineMark>(entry.Body.Span, SnapshotJson.Options) is { } mark
            && _skipped.TryAdd(mark.Position, mark.Because))
        {
            return false;
        }

        try
        {
            fold.Apply(entry);
            return true;
        }
        catch (Exception poison) when (poison is not OutOfMemoryException)
        {
            _skipped.Add(entry.Position, QuarantineMark.Of(poison));
            return false;
        }
    }
}
