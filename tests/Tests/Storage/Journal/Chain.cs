using System.Security.Cryptography;
using Earmark.Storage.Journal;
using Xunit;

namespace Earmark.Tests.Storage.Journal;

/// <summary>A site as a test plays it: keeps epoch, position and chain, and makes appends that follow them.</summary>
internal sealed class Chain(SiteHead head)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private byte[] _hash = head.Hash;

    public long Position { get; private set; } = head.Position;

    public byte[] Hash => _hash;

    public static async Task<Chain> Take(IJournal journal, string siteId) => new(await journal.TakeEpochAsync(siteId, Cancel));

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The next entries, without counting them as written.</summary>
    public JournalAppend Next(int entries = 1, int bodyBytes = 20, string device = "bs-01")
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hash = _hash;
        var made = new NewEntry[entries];
        for (var i = 0; i < entries; i++)
        {
            var position = Position + i + 1;
            var at = Start.AddSeconds(position);
            var body = new byte[bodyBytes];
            BitConverter.TryWriteBytes(body, position);
            hash = ChainHash.Next(sha, hash, position, EntryKind.Frame, 1, at, 1, 2, device, body);
            made[i] = new NewEntry(EntryKind.Frame, at, device, 1, 1, 2, body, hash);
        }

        return new JournalAppend(head.SiteId, head.Epoch, Position, made, hash);
    }

    public void Written(JournalAppend append)
    {
        Position += append.Entries.Count;
        _hash = append.NewHash;
    }

    /// <summary>Appends and follows; false when fenced.</summary>
    public async Task<bool> Append(IJournal journal, int entries = 1, int bodyBytes = 20)
    {
        var append = Next(entries, bodyBytes);
        var written = await journal.AppendAsync(append, Cancel);
        if (written)
        {
            Written(append);
        }

        return written;
    }
}
