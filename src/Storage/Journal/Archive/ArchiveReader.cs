using System.Security.Cryptography;
using System.Text;

namespace Earmark.Storage.Journal;

/// <summary>
/// Reads a <see cref="JournalArchive"/> and proves it on the way: order of sequences, every site's chain, count and digest. What is
/// wrong is an <see cref="InvalidDataException"/> that says where; only after the last entry is the whole file known to be good.
/// </summary>
public sealed class ArchiveReader : IDisposable
{
    private readonly Stream _file;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _chain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<ArchivedChain> _sites = [];

    /// <param name="file">Read from where it stands to its end; stays open. Buffer it: fields are read one by one.</param>
    /// <exception cref="InvalidDataException">The file is no archive this version reads.</exception>
    public ArchiveReader(Stream file)
    {
        _file = file;
        Require(Bytes(4).AsSpan().SequenceEqual(JournalArchive.Magic), "It is no journal archive.");
        Require(Byte() == JournalArchive.Version, $"It is not of version {JournalArchive.Version}.");
        Period = new ArchivedPeriod(Int32(), Int64(), Int64());
    }

    public ArchivedPeriod Period { get; }

    /// <summary>The chains as far as they were read.</summary>
    public IReadOnlyList<ArchivedChain> Sites => _sites;

    /// <summary>The file's own SHA-256, once all was read.</summary>
    public byte[]? Digest { get; private set; }

    /// <summary>All entries in order of commit, once.</summary>
    /// <exception cref="InvalidDataException">A byte is not what it was, or some are missing.</exception>
    public IEnumerable<JournalEntry> Entries()
    {
        var sequence = Period.AfterSequence;
        while (Byte() is var tag && tag != JournalArchive.EndTag)
        {
            switch (tag)
            {
                case JournalArchive.SiteTag:
                    var from = (SiteId: Encoding.UTF8.GetString(Bytes(Byte())), Cut: Cut());
                    _sites.Add(new ArchivedChain(from.SiteId, from.Cut, from.Cut));
                    break;
                case JournalArchive.EntryTag:
                    yield return Entry(++sequence);
                    break;
                default:
                    throw new InvalidDataException($"After sequence {sequence} stands no record.");
            }
        }

        Require(Int64() == sequence - Period.AfterSequence && sequence == Period.LastSequence, $"Entries are missing: it ends at sequence {sequence} of {Period.LastSequence}.");
        ReadDigest();
    }

    public void Dispose()
    {
        _digest.Dispose();
        _chain.Dispose();
    }

    private JournalEntry Entry(long sequence)
    {
        var site = Int32();
        Require(site >= 0 && site < _sites.Count, $"The entry with sequence {sequence} belongs to no site.");
        var chain = _sites[site];
        var (epoch, position, kind, trust, at, codec, settings) = (Int64(), Int64(), (EntryKind)Byte(), Byte(), Int64(), Int32(), Int32());
        var device = Encoding.ASCII.GetString(Bytes(Byte()));
        var length = Int32();
        Require(
            position == chain.To.Position + 1 && length is >= 0 and <= JournalLimits.EntryBytes && device.Length <= AppendRules.DeviceIdLength
            && at is >= -62_135_596_800_000 and <= 253_402_300_799_999,
            $"The entry with sequence {sequence} is not the next of {chain.SiteId}.");
        var body = Bytes(length);
        var hash = Bytes(JournalLimits.HashBytes);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at);
        Require(
            ChainHash.Next(_chain, chain.To.Hash, position, kind, trust, time, codec, settings, device, body).AsSpan().SequenceEqual(hash),
            $"The chain of {chain.SiteId} breaks at position {position}.");
        _sites[site] = chain with { To = new ChainCut(position, hash) };
        return new JournalEntry(sequence, chain.SiteId, epoch, position, kind, time, device, trust, codec, settings, body, hash);
    }

    private void ReadDigest()
    {
        var computed = _digest.GetHashAndReset();
        var digest = Bytes(JournalLimits.HashBytes);
        Require(digest.AsSpan().SequenceEqual(computed), "Its bytes are not those that were written.");
        Require(_file.ReadByte() < 0, "Something stands after its end.");
        Digest = digest;
    }

    private ChainCut Cut() => new(Int64(), Bytes(JournalLimits.HashBytes));

    private byte Byte() => Bytes(1)[0];

    private int Int32() => BitConverter.ToInt32(Bytes(4));

    private long Int64() => BitConverter.ToInt64(Bytes(8));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Require(_file.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count, "It ends too early.");
        _digest.AppendData(bytes);
        return bytes;
    }

    private static void Require(bool held, string otherwise)
    {
        if (!held)
        {
            throw new InvalidDataException($"The archive is not whole. {otherwise}");
        }
    }
}
