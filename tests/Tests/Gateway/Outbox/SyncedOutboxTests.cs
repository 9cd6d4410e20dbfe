using Earmark.Gateway.Outbox;
using Earmark.Tests.Gateway.Doubles;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Earmark.Tests.Gateway.Outbox;

public sealed class SyncedOutboxTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("earmark-outbox-").FullName;

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Frames_come_out_as_they_went_in_oldest_first_for_each_device_also_after_a_restart()
    {
        OutboxFrame[] frames = [Frame("bs-1", 1), Frame("bs-2", 2), Frame("bs-1", 3), Frame("bs-1", 4)];
        await using (var outbox = Open())
        {
            await AddAsync(outbox, frames);
            Assert.Equal(4, outbox.Count);
        }

        await using var again = Open();

        Assert.Equal(["bs-1", "bs-2"], again.Devices().Order());
        Assert.Equal([frames[0].Bytes, frames[2].Bytes], again.Oldest("bs-1", 2).Select(frame => frame!.Bytes));
        Assert.Equal(frames[0].ReceivedAt, again.Oldest("bs-1", 1)[0]!.ReceivedAt);
        Assert.Equal(frames[1].Bytes, Assert.Single(again.Oldest("bs-2", 9))!.Bytes);
    }

    [Fact]
    public async Task What_is_done_is_gone_and_so_are_its_files()
    {
        await using var outbox = Open();
        await AddAsync(outbox, Frame("bs-1", 1), Frame("bs-1", 2), Frame("bs-2", 3));

        outbox.Done("bs-1", 1);
        Assert.Equal(2, outbox.Oldest("bs-1", 9)[0]!.Bytes[0]);
        outbox.Done("bs-1", 1);
        outbox.Done("bs-2", 1);

        Assert.Equal(0, outbox.Count);
        Assert.Empty(outbox.Devices());
        Assert.Empty(System.IO.Directory.GetFiles(_folder));
        await AddAsync(outbox, Frame("bs-1", 4));
        Assert.Equal(1, outbox.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    [InlineData(130)]
    public async Task What_a_crash_cut_off_is_not_taken_for_a_frame(int cut)
    {
        await using (var outbox = Open())
        {
            await AddAsync(outbox, Frame("bs-1", 1), Frame("bs-1", 2));
        }
        var file = Assert.Single(System.IO.Directory.GetFiles(_folder));
        await using (FileStream stream = new(file, FileMode.Open))
        {
            stream.SetLength(stream.Length - cut);
        }

        await using var again = Open();

        Assert.Equal(cut < 130 ? 1 : 0, again.Count);
        await AddAsync(again, Frame("bs-1", 3));
        Assert.Equal(3, again.Oldest("bs-1", 9)[^1]!.Bytes[0]);
    }

    [Fact]
    public async Task A_full_outbox_takes_nothing_until_something_is_done()
    {
        await using var outbox = new SyncedOutbox(_folder, 2 * OutboxRecord.Length(Frame("bs-1", 1)), NullLogger.Instance);
        await AddAsync(outbox, Frame("bs-1", 1), Frame("bs-1", 2));

        Assert.False(outbox.TryAdd(Frame("bs-1", 3), _ => Assert.Fail("it is not in it")));

        outbox.Done("bs-1", 2);
        await AddAsync(outbox, Frame("bs-1", 3));
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_said_and_leaves_room_as_it_was()
    {
        await using var outbox = Open();
        System.IO.Directory.Delete(_folder, recursive: true);
        var answers = new System.Collections.Concurrent.ConcurrentQueue<bool>();

        Assert.True(outbox.TryAdd(Frame("bs-1", 1), answers.Enqueue));
        await Eventually.BecomesTrueAsync(() => !answers.IsEmpty, "an answer");
        Assert.False(Assert.Single(answers));
        Assert.Equal(0, outbox.Count);

        System.IO.Directory.CreateDirectory(_folder);
        await AddAsync(outbox, Frame("bs-1", 2));
    }

    private SyncedOutbox Open() => new(_folder, 1_000_000, NullLogger.Instance);

    private static OutboxFrame Frame(string device, byte number) =>
        new(device, ClockDouble.Now.AddSeconds(number), [number, .. new byte[99]]);

    private static async Task AddAsync(SyncedOutbox outbox, params OutboxFrame[] frames)
    {
        var synced = 0;
        Array.ForEach(frames, frame => Assert.True(outbox.TryAdd(frame, safe => Interlocked.Add(ref synced, safe ? 1 : 0))));
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref synced) == frames.Length, "the disk");
    }
}
