using System.Diagnostics;
using System.Security.Cryptography;
using Earmark.Silo.Metering;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Sites.Writing;

internal enum AppendOutcome : byte
{
    Written = 0,

    /// <summary>Another activation has the site: nothing was written and this one must end.</summary>
    Fenced = 1,

    /// <summary>Nothing was written; it may be tried again.</summary>
    Unavailable = 2,

    /// <summary>Nobody knows whether it was written; this activation must end and the next one reads what there is.</summary>
    Unknown = 3,
}

/// <summary>The pen of one activation: extends the chain and appends under its epoch, one append in flight.</summary>
internal sealed class SiteWriter(IJournal journal, SiteHead head, ILogger log) : IDisposable
{
    private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool _writing;

    public long Epoch => head.Epoch;

    public long Position { get; private set; } = head.Position;

    public byte[] Hash { get; private set; } = head.Hash;

    /// <summary>Appends drafts in order; their positions are the ones after <see cref="Position"/>.</summary>
    /// <exception cref="InvalidOperationException">an append is in flight</exception>
    public async Task<AppendOutcome> AppendAsync(IReadOnlyList<Draft> drafts, int settingsVersion)
    {
        using var activity = SiloMeters.Activities.StartActivity("journal.append");
        activity?.SetTag("earmark.site", head.SiteId).SetTag("earmark.entries", drafts.Count);
        var began = Stopwatch.GetTimestamp();
        var outcome = await WriteAsync(drafts, settingsVersion);
        SiloMeters.Appended(outcome, drafts.Count, Stopwatch.GetElapsedTime(began));
        return outcome;
    }

    public void Dispose() => _sha.Dispose();

    private async Task<AppendOutcome> WriteAsync(IReadOnlyList<Draft> drafts, int settingsVersion)
    {
        if (_writing)
        {
            throw new InvalidOperationException("a site has one append in flight");
        }

        _writing = true;
        try
        {
            var entries = Chain(drafts, settingsVersion);
            var written = await journal.AppendAsync(new JournalAppend(head.SiteId, Epoch, Position, entries, entries[^1].Hash), CancellationToken.None);
            if (!written)
            {
                return AppendOutcome.Fenced;
            }

            Position += entries.Length;
            Hash = entries[^1].Hash;
            return AppendOutcome.Written;
        }
        catch (JournalUnavailableException away)
        {
            log.LogWarning(away, "Journal is away; nothing of {SiteId} was written", head.SiteId);
            return AppendOutcome.Unavailable;
        }
        catch (Exception unknown)
        {
            log.LogError(unknown, "Append of {SiteId} after {Position} has an unknown outcome", head.SiteId, Position);
            return AppendOutcome.Unknown;
        }
        finally
        {
            _writing = false;
        }
    }

    private NewEntry[] Chain(IReadOnlyList<Draft> drafts, int settingsVersion)
    {
        var entries = new NewEntry[drafts.Count];
        var hash = Hash;
        for (var at = 0; at < entries.Length; at++)
        {
            var draft = drafts[at];
            hash = ChainHash.Next(
                _sha, hash, Position + at + 1, draft.Kind, draft.Trust, draft.At, draft.CodecVersion, settingsVersion, draft.DeviceId, draft.Body.Span);
            entries[at] = new NewEntry(
                draft.Kind, draft.At, draft.DeviceId, draft.Trust, draft.CodecVersion, settingsVersion, draft.Body, hash);
        }

        return entries;
    }
}
