using Earmark.Storage.Journal;
using Xunit;

namespace Earmark.Tests.Storage.Journal;

/// <summary>What every journal must do. One subclass for each implementation.</summary>
public abstract class JournalConformance : IAsyncLifetime
{
    protected IJournal Journal { get; private set; } = null!;

    private static CancellationToken Cancel => Chain.Cancel;

    /// <summary>Opens the same journal again each time it is called; it is disposed before.</summary>
    protected abstract Task<IJournal> Open();

    /// <summary>Changes one byte of a stored body behind the journal's back.</summary>
    protected abstract Task FlipByte(string siteId, long position);

    public async ValueTask InitializeAsync() => Journal = await Open();

    public virtual ValueTask DisposeAsync()
    {
        (Journal as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected async Task Reopen()
    {
        (Journal as IDisposable)?.Dispose();
        Journal = await Open();
    }

    [Fact]
    public async Task A_site_never_seen_has_no_head_and_starts_at_epoch_1_position_0_and_a_hash_of_zeros()
    {
        Assert.Null(await Journal.HeadAsync("ranch-1", Cancel));
        var head = await Journal.TakeEpochAsync("ranch-1", Cancel);
        Assert.Equal((1, 0), (head.Epoch, head.Position));
        Assert.Equal(ChainHash.Origin, head.Hash);
    }

    [Fact]
    public async Task What_was_appended_is_read_back_whole_and_in_order()
    {
        var chain = await Chain.Take(Journal, "ranch-1");
        var append = chain.Next(3);
        Assert.True(await Journal.AppendAsync(append, Cancel));
        var entries = await Journal.ReadAsync("ranch-1", 0, 10, Cancel);
        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Position));
        var (written, read) = (append.Entries[1], entries[1]);
        Assert.Equal(("ranch-1", 1L, written.Kind, written.At, written.DeviceId), (read.SiteId, read.Epoch, read.Kind, read.At, read.DeviceId));
        Assert.Equal((written.Trust, written.CodecVersion, written.SettingsVersion), (read.Trust, read.CodecVersion, read.SettingsVersion));
        Assert.Equal(written.Body.ToArray(), read.Body);
        Assert.Equal(written.Hash, read.Hash);
    }

    [Fact]
    public async Task An_empty_body_stays_empty()
    {
        var chain = await Chain.Take(Journal, "ranch-1");
        var append = chain.Next();
        Assert.True(await Journal.AppendAsync(append with { Entries = [append.Entries[0] with { Body = default }] }, Cancel));
        Assert.Empty(Assert.Single(await Journal.ReadAsync("ranch-1", 0, 1, Cancel)).Body);
    }

    [Fact]
    public async Task Of_two_epochs_the_later_writes_and_the_earlier_gets_false()
    {
        var early = await Chain.Take(Journal, "ranch-1");
        Assert.True(await early.Append(Journal));
        var late = await Chain.Take(Journal, "ranch-1");
        Assert.False(await early.Append(Journal));
        Assert.True(await late.Append(Journal));
        Assert.Equal(2, (await Journal.HeadAsync("ranch-1", Cancel))!.Position);
        Assert.Equal([1L, 2L], (await Journal.ReadAsync("ranch-1", 0, 10, Cancel)).Select(entry => entry.Epoch));
    }

    [Fact]
    public async Task An_append_at_another_position_than_the_head_s_is_fenced()
    {
        var chain = await Chain.Take(Journal, "ranch-1");
        var first = chain.Next();
        Assert.True(await Journal.AppendAsync(first, Cancel));
        Assert.False(await Journal.AppendAsync(first, Cancel));
        Assert.False(await Journal.AppendAsync(first with { ExpectedPosition = 7 }, Cancel));
        Assert.Single(await Journal.ReadAsync("ranch-1", 0, 10, Cancel));
    }

    [Fact]
    public async Task A_site_nobody_took_can_not_be_appended_to()
    {
        var chain = new Chain(new SiteHead("ranch-1", 1, 0, ChainHash.Origin));
        Assert.False(await chain.Append(Journal));
    }

    [Fact]
    public async Task A_fenced_site_drops_out_and_the_others_of_its_group_go_on()
    {
        var zombies = new List<Chain>();
        var living = new List<Chain>();
        for (var i = 0; i < 40; i++)
        {
            zombies.Add(await Chain.Take(Journal, $"ranch-{i}"));
            living.Add(await Chain.Take(Journal, i % 2 == 0 ? $"ranch-{i}" : $"farm-{i}"));
        }

        var answers = await Task.WhenAll(zombies.Concat(living).Select(chain => Task.Run(() => chain.Append(Journal), Cancel)));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i % 2 == 1), answers[..40]);
        Assert.All(answers[40..], Assert.True);
    }

    [Fact]
    public async Task Many_sites_append_at_once_and_each_reads_back_its_own_chain()
    {
        var chains = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Chain.Take(Journal, $"ranch-{i}")));
        await Task.WhenAll(chains.Select(chain => Task.Run(
            async () =>
            {
                for (var i = 0; i < 20; i++)
                {
                    Assert.True(await chain.Append(Journal, (i % 3) + 1, 300));
                }
            },
            Cancel)));
        for (var i = 0; i < chains.Length; i++)
        {
            var verdict = await JournalVerifier.VerifyAsync(Journal, $"ranch-{i}", Cancel);
            Assert.True(verdict.IsWhole, verdict.Because);
            Assert.Equal(chains[i].Position, verdict.Entries);
        }
    }

    [Fact]
    public async Task A_read_starts_after_any_position_and_gives_at_most_what_was_asked()
    {
        var chain = await Chain.Take(Journal, "ranch-1");
        var other = await Chain.Take(Journal, "ranch-2");
        for (var i = 0; i < 30; i++)
        {
            await chain.Append(Journal, 17);
            await other.Append(Journal, 5);
        }

        foreach (var (after, count) in new[] { (0, 1), (0, 1_000), (127, 1), (128, 1), (129, 300), (200, 56), (509, 10), (510, 10) })
        {
            var expected = Enumerable.Range(after + 1, Math.Max(0, Math.Min(count, 510 - after))).Select(position => (long)position);
            Assert.Equal(expected, (await Journal.ReadAsync("ranch-1", after, count, Cancel)).Select(entry => entry.Position));
        }

        Assert.Empty(await Journal.ReadAsync("never-seen", 0, 10, Cancel));
    }

    [Fact]
    public async Task The_tail_gives_the_entries_of_all_sites_in_order_of_commit()
    {
        var (a, b) = (await Chain.Take(Journal, "ranch-a"), await Chain.Take(Journal, "ranch-b"));
        await a.Append(Journal, 2);
        await b.Append(Journal, 1);
        await a.Append(Journal, 1);
        var tail = await Journal.TailAsync(0, 10, Cancel);
        Assert.Equal(["ranch-a", "ranch-a", "ranch-b", "ranch-a"], tail.Select(entry => entry.SiteId));
        Assert.Equal(tail.Select(entry => entry.Sequence).Order(), tail.Select(entry => entry.Sequence));
        Assert.Equal(tail.Skip(2).Select(entry => entry.Sequence), (await Journal.TailAsync(tail[1].Sequence, 10, Cancel)).Select(entry => entry.Sequence));
        Assert.Single(await Journal.TailAsync(0, 1, Cancel));
    }

    [Fact]
    public async Task A_tail_of_large_entries_stops_early_and_goes_on_at_the_next_read()
    {
        var chain = await Chain.Take(Journal, "ranch-1");
        for (var i = 0; i < 6; i++)
        {
            await chain.Append(Journal, 1, JournalLimits.EntryBytes);
        }

        var first = await Journal.TailAsync(0, 10, Cancel);
        Assert.Equal(JournalLimits.BytesPerTail / JournalLimits.EntryBytes, first.Count);
        Assert.Equal(6 - first.Count, (await Journal.TailAsync(first[^1].Sequence, 10, Cancel)).Count);
    }

    [Fact]
    public async Task Everything_stands_after_closing_and_opening_again()
    {
        var chain = await Chain.Take(Journal, "ranch-1");
        await chain.Append(Journal, 5);
        await Reopen();
        var head = await Journal.TakeEpochAsync("ranch-1", Cancel);
        Assert.Equal((2, 5), (head.Epoch, head.Position));
        Assert.True((await JournalVerifier.VerifyAsync(Journal, "ranch-1", Cancel)).IsWhole);
        Assert.True(await new Chain(head).Append(Journal));
    }

    [Fact]
    public async Task A_snapshot_is_kept_only_if_it_is_newer_by_position()
    {
        await Chain.Take(Journal, "ranch-1");
        Assert.Null(await Journal.LoadSnapshotAsync("ranch-1", Cancel));
        Assert.True(await Journal.SaveSnapshotAsync(Snapshot(5, 1), Cancel));
        Assert.False(await Journal.SaveSnapshotAsync(Snapshot(5, 2), Cancel));
        Assert.False(await Journal.SaveSnapshotAsync(Snapshot(4, 3), Cancel));
        Assert.Equal([1], (await Journal.LoadSnapshotAsync("ranch-1", Cancel))!.State);
        Assert.True(await Journal.SaveSnapshotAsync(Snapshot(6, 4), Cancel));
        var kept = (await Journal.LoadSnapshotAsync("ranch-1", Cancel))!;
        Assert.Equal((6, 3, 9), (kept.Position, kept.Epoch, kept.ApplyVersion));
        Assert.Equal([4], kept.State);
    }

    [Fact]
    public async Task The_verifier_names_the_entry_in_which_one_byte_was_flipped()
    {
        var chain = await Chain.Take(Journal, "ranch-1");
        await chain.Append(Journal, 9);
        Assert.True((await JournalVerifier.VerifyAsync(Journal, "ranch-1", Cancel)).IsWhole);
        await FlipByte("ranch-1", 4);
        var verdict = await JournalVerifier.VerifyAsync(Journal, "ranch-1", Cancel);
        Assert.Equal((4, "changed entry"), (verdict.BrokenAt, verdict.Because));
    }

    [Fact]
    public async Task What_can_not_be_kept_is_refused_before_it_joins_a_group()
    {
        var append = (await Chain.Take(Journal, "ranch-1")).Next();
        var entry = append.Entries[0];
        await Assert.ThrowsAsync<ArgumentException>(() => Journal.AppendAsync(append with { Entries = [] }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Journal.AppendAsync(append with { NewHash = new byte[32] }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Journal.AppendAsync(append with { Entries = [entry with { At = entry.At.AddTicks(1) }] }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Journal.AppendAsync(append with { Entries = [entry with { Body = new byte[JournalLimits.EntryBytes + 1] }] }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Journal.AppendAsync(append with { Entries = [entry with { Hash = new byte[31] }], NewHash = new byte[31] }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Journal.AppendAsync(append with { Entries = [entry with { DeviceId = "bs\0" }] }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Journal.AppendAsync(append with { SiteId = "ranch\0" }, Cancel));
        Assert.True(await Journal.AppendAsync(append, Cancel));
    }

    private static SiteSnapshot Snapshot(long position, byte state) => new("ranch-1", 3, position, new byte[32], 9, [state]);
}
