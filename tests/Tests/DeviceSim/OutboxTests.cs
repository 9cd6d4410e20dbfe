using System.Diagnostics.CodeAnalysis;
using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Link;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Tests.Storage;
using Xunit;

namespace Earmark.Tests.DeviceSim;

[SuppressMessage("Reliability", "CA2000", Justification = "Leaving things undisposed is how these tests kill the process.")]
public sealed class OutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingSink _sink = new();

    public OutboxTests()
    {
        using var sites = Demo.Sites(Demo.Ranch(300, stations: 4, feeders: 0), _sink);
        sites.AdvanceTo(Demo.Start.AddMinutes(10));
    }

    [Fact]
    public async Task Killed_before_any_answer_every_frame_is_there_again_with_its_bytes()
    {
        Open().Append(_sink.Frames);

        await using Outbox reopened = Open();
        Assert.Equal(_sink.Frames.Count, reopened.Leftovers.Count);
        foreach ((MadeFrame made, StoredFrame found) in _sink.Frames.Zip(reopened.Leftovers))
        {
            Assert.Equal(made.Bytes, found.ReadBytes());
            Assert.Equal((made.Device.Name, new FrameIdentity(made.Boot, made.Sequence), made.Backlog), (found.Device, found.Identity, found.Backlog));
        }
    }

    [Fact]
    public async Task What_was_acknowledged_refused_or_dropped_before_the_kill_is_not_there_again()
    {
        Outbox killed = Open();
        IReadOnlyList<StoredFrame> stored = killed.Append(_sink.Frames);
        await killed.AcknowledgeAsync(stored[0], stored[0].ReadBytes());
        await killed.RefuseAsync(stored[3], stored[3].ReadBytes(), "BadMac\nand more");
        await killed.DropAsync(stored[5]);

        await using Outbox reopened = Open();
        Assert.Equal(stored.Where((_, i) => i is not (0 or 3 or 5)).Select(Identity), reopened.Leftovers.Select(Identity));
        string refused = Assert.Single(File.ReadLines(In(Outbox.RefusedLog)));
        Assert.True(FrameLine.TryRead(refused, out var device, out FrameIdentity identity, out _));
        Assert.Equal(Identity(stored[3]), (device, identity));
        Assert.EndsWith("BadMac and more", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_torn_by_a_power_cut_is_cut_off_and_those_before_it_stay()
    {
        Open().Append(_sink.Frames);
        string segment = Directory.GetFiles(_folder.Path, "outbox-*.bin").Single();
        await using (FileStream file = new(segment, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.SetLength(file.Length - 7);
        }

        Outbox again = Open();
        Assert.Equal(_sink.Frames.Count - 1, again.Leftovers.Count);
        await using Outbox third = Open();
        Assert.Equal(_sink.Frames.Count - 1, third.Leftovers.Count);
    }

    [Fact]
    public async Task A_torn_line_of_the_log_does_not_count_as_an_acknowledgement()
    {
        Outbox killed = Open();
        IReadOnlyList<StoredFrame> stored = killed.Append(_sink.Frames);
        await killed.AcknowledgeAsync(stored[0], stored[0].ReadBytes());
        await killed.AcknowledgeAsync(stored[1], stored[1].ReadBytes());
        await using (FileStream log = new(In(Outbox.AcknowledgedLog), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            log.SetLength(log.Length - 20);
        }

        await using Outbox reopened = Open();
        Assert.Contains(Identity(stored[1]), reopened.Leftovers.Select(Identity));
        Assert.DoesNotContain(Identity(stored[0]), reopened.Leftovers.Select(Identity));
        await reopened.AcknowledgeAsync(reopened.Leftovers[0], reopened.Leftovers[0].ReadBytes());
        Assert.All(File.ReadLines(In(Outbox.AcknowledgedLog)), line => Assert.True(FrameLine.TryRead(line, out _, out _, out _), line));
    }

    [Fact]
    public async Task Files_are_closed_at_their_limit_and_go_when_all_their_frames_are_settled()
    {
        await using var outbox = new Outbox(_folder.Path, LinkLimits.Default with { MaxSegmentBytes = 8 * 1024 });
        IReadOnlyList<StoredFrame> stored = outbox.Append(_sink.Frames);
        Assert.True(outbox.Segments >= 5, $"{outbox.Segments} files");

        foreach (StoredFrame frame in stored.SkipLast(1))
        {
            await outbox.AcknowledgeAsync(frame, frame.ReadBytes());
        }

        Assert.Equal(1, outbox.Segments);
        Assert.Single(Directory.GetFiles(_folder.Path, "outbox-*.bin"));
    }

    [Fact]
    public async Task A_log_at_its_limit_is_turned_over_once_and_both_parts_are_read()
    {
        await using (var log = new SyncedLog(In("x.log"), maxBytes: 100))
        {
            for (int i = 0; i < 30; i++)
            {
                await log.AppendAsync($"line {i} of a log that is turned over");
            }
        }

        List<string> lines = [.. SyncedLog.ReadLines(In("x.log"))];
        Assert.InRange(lines.Count, 3, 8);
        Assert.StartsWith("line 29 ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Boots_grow_from_start_to_start_and_a_lost_folder_begins_above_what_was_used()
    {
        string path = In("boots.json");
        uint first = BootCounters.FirstFor(Demo.Start);
        var boots = new BootCounters(path, first);
        Assert.Equal((first, first + 1), (boots.Next("a"), boots.Next("a")));
        boots.Save();

        Assert.Equal(first + 2, new BootCounters(path, first).Next("a"));
        Assert.Equal(first, new BootCounters(path, first).Next("b"));
        Assert.True(BootCounters.FirstFor(Demo.Start.AddHours(1)) > first + 50);
    }

    [Fact]
    public void The_queue_gives_live_frames_first_and_at_its_limit_gives_up_the_oldest_backlog()
    {
        IReadOnlyList<StoredFrame> stored = Open().Append(_sink.Frames.FindAll(frame => frame.Device.DeviceId == "bs-1"));
        var queue = new SendQueue(LinkLimits.Default with { MaxUnsentFrames = 6 });
        StoredFrame AsBacklog(int i) => stored[i] with { Backlog = true };
        queue.AddLeftover(stored[0]);
        Assert.Null(queue.Add(AsBacklog(1)));
        Assert.Null(queue.Add(AsBacklog(2)));
        Assert.Null(queue.Add(stored[3]));
        Assert.Null(queue.Add(stored[4]));

        Assert.True(queue.TryTake(out StoredFrame live, out bool fromBacklog));
        Assert.Equal((stored[3].Identity, false), (live.Identity, fromBacklog));
        queue.Return(live, fromBacklog);
        Assert.Null(queue.Add(stored[5]));
        Assert.Equal(stored[0].Identity, queue.Add(stored[6])!.Identity);
        Assert.Equal(stored[1].Identity, queue.Add(stored[7])!.Identity);

        var order = new List<uint>();
        while (queue.TryTake(out StoredFrame frame, out _))
        {
            order.Add(frame.Identity.Sequence);
        }

        Assert.Equal([4u, 5u, 6u, 7u, 8u, 3u], order);
    }

    public void Dispose() => _folder.Dispose();

    private Outbox Open() => new(_folder.Path, LinkLimits.Default);

    private string In(string file) => Path.Combine(_folder.Path, file);

    private static (Earmark.FirmwareProtocols.DeviceName, FrameIdentity) Identity(StoredFrame frame) => (frame.Device, frame.Identity);
}
