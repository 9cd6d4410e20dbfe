using System.Security.Cryptography;
using Earmark.Storage.Journal;
using Xunit;

namespace Earmark.Tests.Storage.Journal;

public sealed class ArchiveTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly List<JournalEntry> _entries = Entries();

    [Fact]
    public void What_was_archived_is_read_back_whole_with_every_chain_s_ends()
    {
        using var archive = new ArchiveReader(new MemoryStream(Archive(_entries)));
        Assert.Equal(new ArchivedPeriod(7, 40, 46), archive.Period);
        var read = archive.Entries().ToList();
        Assert.Equal(_entries.Select(entry => (entry.Sequence, entry.SiteId, entry.Epoch, entry.Position, entry.Kind, entry.At, entry.DeviceId, entry.Trust)),
            read.Select(entry => (entry.Sequence, entry.SiteId, entry.Epoch, entry.Position, entry.Kind, entry.At, entry.DeviceId, entry.Trust)));
        Assert.Equal(_entries.Select(entry => Convert.ToHexString(entry.Body)), read.Select(entry => Convert.ToHexString(entry.Body)));
        Assert.Equal(["ranch-1", "仓库-2"], archive.Sites.Select(site => site.SiteId));
        Assert.Equal([(4L, 7L), (0L, 3L)], archive.Sites.Select(site => (site.From.Position, site.To.Position)));
        Assert.Equal(_entries.Last(entry => entry.SiteId == "ranch-1").Hash, archive.Sites[0].To.Hash);
    }

    [Fact]
    public void Any_bit_that_flips_is_found()
    {
        var whole = Archive(_entries);
        for (var at = 0; at < whole.Length; at++)
        {
            var flipped = (byte[])whole.Clone();
            flipped[at] ^= 1;
            Assert.Throws<InvalidDataException>(() => Read(flipped));
        }
    }

    [Fact]
    public void An_archive_cut_short_anywhere_or_with_something_behind_it_is_found()
    {
        var whole = Archive(_entries);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Read(whole[..length]));
        }

        Assert.Throws<InvalidDataException>(() => Read([.. whole, 0]));
    }

    [Fact]
    public void An_entry_left_out_or_changed_by_someone_who_makes_the_digest_anew_is_found_by_the_chain()
    {
        Assert.Throws<InvalidDataException>(() => Read(Archive(_entries.Where(entry => entry.Sequence != 43))));
        Assert.Throws<InvalidDataException>(() => Read(Archive(_entries.SkipLast(1))));
        Assert.Throws<InvalidDataException>(() => Read(Archive(_entries.Select(entry => entry.Sequence == 43 ? entry with { Trust = 0 } : entry))));
    }

    private static int Read(byte[] file)
    {
        using var archive = new ArchiveReader(new MemoryStream(file));
        return archive.Entries().Count();
    }

    private static byte[] Archive(IEnumerable<JournalEntry> entries)
    {
        using var file = new MemoryStream();
        using var archive = new ArchiveWriter(file, new ArchivedPeriod(7, 40, 46));
        archive.AddSite("ranch-1", new ChainCut(4, Enumerable.Repeat((byte)9, 32).ToArray()));
        archive.AddSite("仓库-2", new ChainCut(0, ChainHash.Origin));
        foreach (var entry in entries)
        {
            archive.Add(entry);
        }

        archive.Finish();
        return file.ToArray();
    }

    private static List<JournalEntry> Entries()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var heads = new Dictionary<string, ChainCut> { ["ranch-1"] = new(4, Enumerable.Repeat((byte)9, 32).ToArray()), ["仓库-2"] = new(0, ChainHash.Origin) };
        var entries = new List<JournalEntry>();
        foreach (var site in new[] { "ranch-1", "仓库-2", "仓库-2", "ranch-1", "仓库-2", "ranch-1" })
        {
            var (position, before) = heads[site];
            byte[] body = [.. BitConverter.GetBytes(position), 1, 2, 3];
            var hash = ChainHash.Next(sha, before, position + 1, EntryKind.Frame, 1, At, 3, 4, "bs-01", body);
            entries.Add(new JournalEntry(41 + entries.Count, site, 2, position + 1, EntryKind.Frame, At, "bs-01", 1, 3, 4, body, hash));
            heads[site] = new ChainCut(position + 1, hash);
        }

        return entries;
    }
}
