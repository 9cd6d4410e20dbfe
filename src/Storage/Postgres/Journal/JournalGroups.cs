using System.Threading.Channels;
using Earmark.Storage.Journal;
using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>
/// The one thread of this process that writes the journal. Whatever waits goes into one transaction, bounded by count and bytes,
/// across all sites, at most one append a site. Other silos have theirs; the heads and the tail's row keep them apart.
/// </summary>
internal sealed class JournalGroups : IDisposable
{
    // Each turn drops at least one fenced append or finds another open period; more turns than this is no accident.
    private const int Turns = 64;

    private readonly string _connectionString;
    private readonly StorageOptions _options;
    private readonly Channel<PendingAppend> _inbox;
    private readonly Thread _thread;
    private readonly List<PendingAppend> _group = [];
    private readonly HashSet<string> _sites = new(StringComparer.Ordinal);
    private PendingAppend? _next;
    private GroupSession? _session;

    /// <exception cref="NpgsqlException">The database can't be reached at start.</exception>
    public JournalGroups(string connectionString, StorageOptions options)
    {
        _connectionString = connectionString;
        _options = options;
        _inbox = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(options.JournalInboxAppends) { SingleReader = true });
        _session = new GroupSession(connectionString);
        _thread = new Thread(Run) { IsBackground = true, Name = "journal writer" };
        _thread.Start();
    }

    /// <summary>Cancelling counts only while there is no room: what is in the inbox is written and answered.</summary>
    public async Task<bool> AppendAsync(JournalAppend append, int bytes, CancellationToken cancel)
    {
        var pending = new PendingAppend(append, bytes);
        try
        {
            await _inbox.Writer.WriteAsync(pending, cancel);
        }
        catch (ChannelClosedException closed)
        {
            throw new JournalUnavailableException("The journal is closed.", closed);
        }

        return await pending.Answered;
    }

    /// <summary>Writes what waits, then closes.</summary>
    public void Dispose()
    {
        _inbox.Writer.TryComplete();
        _thread.Join();
        _session?.Dispose();
    }

    private void Run()
    {
        while (_next is not null || _inbox.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Fill();
            try
            {
                Write(freshConnection: false);
            }
            catch (JournalUnavailableException away)
            {
                Close(away);
            }
            catch (Exception unknown)
            {
                Close(unknown);
            }
        }
    }

    private void Fill()
    {
        _group.Clear();
        _sites.Clear();
        var (bytes, entries) = (0L, 0);
        while (_group.Count < _options.JournalGroupAppends && bytes < _options.JournalGroupBytes && entries < (1 << JournalTables.SlotBits) - JournalLimits.EntriesPerAppend
            && (_next is not null || _inbox.Reader.TryRead(out _next)))
        {
            if (!_sites.Add(_next.Append.SiteId))
            {
                // The same site again: it stays the first of the next group, for a head advances once in a commit.
                return;
            }

            _group.Add(_next);
            bytes += _next.Bytes;
            entries += _next.Append.Entries.Count;
            _next = null;
        }
    }

    /// <exception cref="JournalUnavailableException">Nothing was written.</exception>
    /// <exception cref="Exception">Any other: unknown.</exception>
    private void Write(bool freshConnection)
    {
        for (var turn = 0; turn < Turns && TryCopy(ref freshConnection); turn++)
        {
            try
            {
                _session!.Commit(_group);
                _group.ForEach(pending => pending.Answer(written: true));
                _group.Clear();
                return;
            }
            catch (PostgresException refused) when (refused.InvariantSeverity == "ERROR")
            {
                // The whole transaction is undone by the database's own word.
                GoOnAfter(refused);
            }
        }

        if (_group.Count > 0)
        {
            throw new JournalUnavailableException("The journal's heads and periods change faster than a group can follow.");
        }
    }

    /// <summary>False when nothing of the group is left to write. A connection that turns out to be dead is made anew once.</summary>
    private bool TryCopy(ref bool freshConnection)
    {
        while (true)
        {
            try
            {
                freshConnection |= _session is null;
                _session ??= new GroupSession(_connectionString);
                DropUnknownSites();
                if (_group.Count > 0)
                {
                    _session.Copy(_group);
                }

                return _group.Count > 0;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                _session?.Dispose();
                _session = null;
                if (freshConnection)
                {
                    throw new JournalUnavailableException(exception.Message, exception);
                }
            }
        }
    }

    private void DropUnknownSites()
    {
        for (var i = _group.Count - 1; i >= 0; i--)
        {
            if (_session!.TryKey(_group[i].Append.SiteId, out var key))
            {
                _group[i].SiteKey = key;
                continue;
            }

            _group[i].Answer(written: false);
            _group.RemoveAt(i);
        }

        _group.Sort((a, b) => a.SiteKey.CompareTo(b.SiteKey));
    }

    private void GoOnAfter(PostgresException refused)
    {
        if (refused.SqlState is not (JournalTables.Fenced or JournalTables.PeriodClosed or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure))
        {
            throw new JournalUnavailableException(refused.MessageText, refused);
        }

        try
        {
            _session!.RollBack();
            var fenced = refused.SqlState == JournalTables.Fenced ? _session.Fenced(_group) : [];
            _group.Where(pending => fenced.Contains(pending.SiteKey)).ToList().ForEach(pending => pending.Answer(written: false));
            _group.RemoveAll(pending => fenced.Contains(pending.SiteKey));
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            throw new JournalUnavailableException(exception.Message, exception);
        }
    }

    private void Close(Exception why)
    {
        _session?.Dispose();
        _session = null;
        _group.ForEach(pending => pending.Fail(why));
        _group.Clear();
    }
}
