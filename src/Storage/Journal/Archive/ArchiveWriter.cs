using System.Security.Cryptography;
using System.Text;

namespace Earmark.Storage.Journal;

/// <summary>Writes a <see cref="JournalArchive"/>. Without <see cref="Finish"/> the file does not verify.</summary>
public sealed class ArchiveWriter : IDisposable
{
    private readonly Stream _file;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _record = new();
    private readonly BinaryWriter _fields;
    private readonly Dictionary<string, int> _sites = new(StringComparer.Ordinal);
    private long _entries;

    /// <param name="file">Stays open.</param>
    public ArchiveWriter(Stream file, ArchivedPeriod period)
    {
        _file = file;
        _fields = new BinaryWriter(_record, Encoding.UTF8);
        _fields.Write(JournalArchive.Magic);
        _fields.Write(JournalArchive.Version);
        _fields.Write(period.Period);
        _fields.Write(period.AfterSequence);
        _fields.Write(period.LastSequence);
        Flush();
    }

    /// <summary>Whether the site's chain has begun in this file.</summary>
    public bool Knows(string siteId) => _sites.ContainsKey(siteId);

    /// <param name="from">What the site's first entry here follows.</param>
    public void AddSite(string siteId, ChainCut from)
    {
        _sites.Add(siteId, _sites.Count);
        var name = Encoding.UTF8.GetBytes(siteId);
        _fields.Write(JournalArchive.SiteTag);
        _fields.Write(checked((byte)name.Length));
        _fields.Write(name);
        _fields.Write(from.Position);
        _fields.Write(from.Hash);
        Flush();
    }

    /// <summary>The entry with the next sequence, of a site that was added.</summary>
    public void Add(JournalEntry entry)
    {
        _fields.Write(JournalArchive.EntryTag);
        _fields.Write(_sites[entry.SiteId]);
        _fields.Write(entry.Epoch);
        _fields.Write(entry.Position);
        _fields.Write((byte)entry.Kind);
        _fields.Write(entry.Trust);
        _fields.Write(entry.At.ToUnixTimeMilliseconds());
        _fields.Write(entry.CodecVersion);
        _fields.Write(entry.SettingsVersion);
        _fields.Write((byte)entry.DeviceId.Length);
        _fields.Write(Encoding.ASCII.GetBytes(entry.DeviceId));
        _fields.Write(entry.Body.Length);
        _fields.Write(entry.Body);
        _fields.Write(entry.Hash);
        _entries++;
        Flush();
    }

    /// <returns>The SHA-256 that ends the file and names it.</returns>
    public byte[] Finish()
    {
        _fields.Write(JournalArchive.EndTag);
        _fields.Write(_entries);
        Flush();
        var digest = _digest.GetHashAndReset();
        _file.Write(digest);
        return digest;
    }

    public void Dispose()
    {
        _digest.Dispose();
        _fields.Dispose();
    }

    private void Flush()
    {
        _fields.Flush();
        var record = _record.GetBuffer().AsSpan(0, (int)_record.Length);
        _digest.AppendData(record);
        _file.Write(record);
        _record.SetLength(0);
    }
}
