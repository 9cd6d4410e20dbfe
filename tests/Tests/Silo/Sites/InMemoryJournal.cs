using Earmark.Storage.Journal;

namespace Earmark.Tests.Silo.Sites;

/// <summary>A journal that keeps everything in memory, fences like the real one, and fails when told to.</summary>
internal sealed class InMemoryJournal : IJournal
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, SiteHead> _heads = [];
    private readonly List<JournalEntry> _entries = [];
    private readonly Dictionary<string, SiteSnapshot> _snapshots = [];
    private readonly Dictionary<string, SiteSnapshot> _openings = [];
    private readonly Dictionary<string, ChainCut> _cuts = [];

    /// <summary>Thrown by the next append instead of writing; null for none.</summary>
    public Exception? FailNext { get; set; }

    /// <summary>So many appends more, then the journal is away; null for no end.</summary>
    public int? FailAfter { get; set; }

    /// <summary>The next append is written and then throws: nobody knows.</summary>
    public bool LoseNextAnswer { get; set; }

    /// <summary>Reads wait for it.</summary>
    public Task Reads { get; set; } = Task.CompletedTask;

    public bool IsAway { get; set; }

    public IReadOnlyList<JournalEntry> Entries(string siteId)
    {
        lock (_turn)
        {
            return [.. _entries.Where(entry => entry.SiteId == siteId)];
        }
    }

    public Task<SiteHead> TakeEpochAsync(string siteId, CancellationToken cancel)
    {
        lock (_turn)
        {
            ThrowWhenAway();
            var head = _heads.GetValueOrDefault(siteId) ?? new SiteHead(siteId, 0, 0, ChainHash.Origin);
            return Task.FromResult(_heads[siteId] = head with { Epoch = head.Epoch + 1 });
        }
    }

    public async Task<bool> AppendAsync(JournalAppend append, CancellationToken cancel)
    {
        AppendRules.Check(append);
        await Task.Yield();
        lock (_turn)
        {
            ThrowWhenAway();
            if (FailAfter is { } more && (FailAfter = more - 1) < 0)
            {
                throw new JournalUnavailableException("full");
            }

            if (FailNext is { } failure)
            {
                FailNext = null;
                throw failure;
            }

            var head = _heads[append.SiteId];
            if (head.Epoch != append.Epoch || head.Position != append.ExpectedPosition)
            {
                return false;
            }

            foreach (var entry in append.Entries)
            {
                _entries.Add(new JournalEntry(
                    (_entries.Count == 0 ? 0 : _entries[^1].Sequence) + 1, append.SiteId, append.Epoch, _heads[append.SiteId].Position + 1, entry.Kind, entry.At, entry.DeviceId,
                    entry.Trust, entry.CodecVersion, entry.SettingsVersion, entry.Body.ToArray(), entry.Hash));
                _heads[append.SiteId] = _heads[append.SiteId] with { Position = _heads[append.SiteId].Position + 1, Hash = entry.Hash };
            }

            return LoseNextAnswer ? throw new IOException("the connection went away") : true;
        }
    }

    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(string siteId, long afterPosition, int count, CancellationToken cancel)
    {
        await Reads;
        return [.. Entries(siteId).Where(entry => entry.Position > afterPosition).Take(count)];
    }

    public Task<IReadOnlyList<JournalEntry>> TailAsync(long afterSequence, int count, CancellationToken cancel)
    {
        lock (_turn)
        {
            return Task.FromResult<IReadOnlyList<JournalEntry>>([.. _entries.Where(entry => entry.Sequence > afterSequence).Take(count)]);
        }
    }

    public Task<SiteHead?> HeadAsync(string siteId, CancellationToken cancel)
    {
        lock (_turn)
        {
            return Task.FromResult(_heads.GetValueOrDefault(siteId));
        }
    }

    public void ForgetSnapshots() => _snapshots.Clear();

    /// <summary>Takes a site's entries up to a position away, as a detach does.</summary>
    public void Detach(string siteId, long position)
    {
        lock (_turn)
        {
            _cuts[siteId] = new ChainCut(position, _entries.Single(entry => entry.SiteId == siteId && entry.Position == position).Hash);
            _entries.RemoveAll(entry => entry.SiteId == siteId && entry.Position <= position);
        }
    }

    public void ChangeOpening(string siteId, Func<SiteSnapshot, SiteSnapshot> change) => _openings[siteId] = change(_openings[siteId]);

    public Task<ChainCut?> CutAsync(string siteId, CancellationToken cancel) => Task.FromResult(_cuts.GetValueOrDefault(siteId));

    public Task<SiteSnapshot?> LoadOpeningAsync(string siteId, CancellationToken cancel) => Task.FromResult(_openings.GetValueOrDefault(siteId));

    public Task<bool> SaveOpeningAsync(SiteSnapshot state, CancellationToken cancel)
    {
        _openings[state.SiteId] = state;
        return Task.FromResult(true);
    }

    public Task<SiteSnapshot?> LoadSnapshotAsync(string siteId, CancellationToken cancel)
    {
        lock (_turn)
        {
            return Task.FromResult(_snapshots.GetValueOrDefault(siteId));
        }
    }

    public Task<bool> SaveSnapshotAsync(SiteSnapshot snapshot, CancellationToken cancel)
    {
        lock (_turn)
        {
            var newer = !_snapshots.TryGetValue(snapshot.SiteId, out var kept) || snapshot.Position > kept.Position;
            _snapshots[snapshot.SiteId] = newer ? snapshot : kept!;
            return Task.FromResult(newer);
        }
    }

    private void ThrowWhenAway()
    {
        if (IsAway)
        {
            throw new JournalUnavailableException("away");
        }
    }
}
