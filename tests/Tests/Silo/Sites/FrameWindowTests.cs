using System.Text;
using CsCheck;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Silo.Sites.Frames;
using Xunit;

namespace Earmark.Tests.Silo.Sites;

public sealed class FrameWindowTests
{
    private const ulong Hash = 7;

    private readonly FrameWindow _window = new(FrameWindow.StationRing);
    private long _position;

    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void Frame_hashes_are_those_of_xxHash(string text, ulong expected) => Assert.Equal(expected, FrameHash.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_frame_is_new_once()
    {
        Assert.Equal(FrameVerdict.New, Judge(3, 5));
        Take(3, 5);
        Assert.Equal(FrameVerdict.Duplicate, Judge(3, 5));
        Assert.Equal(FrameVerdict.IdentityReused, _window.Judge(new FrameIdentity(3, 5), Hash + 1));
        Assert.Equal(FrameVerdict.New, Judge(3, 4));
        Assert.Equal(FrameVerdict.New, Judge(3, 6));
    }

    [Fact]
    public void An_older_boot_is_let_in_only_among_the_last_eight_numbers()
    {
        Take(10, 1);
        Assert.Equal(FrameVerdict.New, Judge(3, 1));
        Assert.Equal(FrameVerdict.BootOutsideWindow, Judge(2, 1));
        Take(3, 1);
        Take(11, 1);
        Assert.Equal(FrameVerdict.BootOutsideWindow, Judge(3, 2));
        Assert.Equal([10u, 11u], _window.Received.Select(boot => boot.Boot));
        Assert.Equal((11u, 1u), (_window.NewestBoot, _window.NewestSequence));
    }

    [Fact]
    public void A_repetition_too_old_to_be_remembered_by_its_bytes_is_still_no_new_frame()
    {
        for (uint sequence = 1; sequence <= FrameWindow.StationRing + 1; sequence++)
        {
            Take(1, sequence);
        }

        Assert.Equal(FrameVerdict.IdentityReused, _window.Judge(new FrameIdentity(1, 2), Hash + 1));
        Assert.Equal(FrameVerdict.Duplicate, _window.Judge(new FrameIdentity(1, 1), Hash + 1));
        Assert.Equal(FrameWindow.StationRing, _window.Ring.Count);
    }

    [Fact]
    public void Past_sixty_four_ranges_the_oldest_gap_is_closed()
    {
        for (uint sequence = 2; sequence <= 2 * (SequenceRanges.Maximum + 1); sequence += 2)
        {
            Take(1, sequence);
        }

        Assert.Equal(SequenceRanges.Maximum, Assert.Single(_window.Received).Count);
        Assert.Equal(FrameVerdict.Duplicate, Judge(1, 3));
        Assert.Equal(FrameVerdict.New, Judge(1, 5));
        Assert.Equal(FrameVerdict.New, Judge(1, 1));
    }

    [Fact]
    public void Within_its_bounds_the_window_remembers_exactly_what_was_taken() =>
        Gen.Select(Gen.UInt[1, 4], Gen.UInt[1, 40]).List[0, 120].Sample(frames =>
        {
            var window = new FrameWindow(FrameWindow.StationRing);
            var taken = new HashSet<(uint, uint)>();
            foreach (var (boot, sequence) in frames)
            {
                var isNew = window.Judge(new FrameIdentity(boot, sequence), Hash) == FrameVerdict.New;
                Assert.Equal(taken.Add((boot, sequence)), isNew);
                if (isNew)
                {
                    window.Take(new FrameIdentity(boot, sequence), Hash, 1);
                }
            }
        });

    private FrameVerdict Judge(uint boot, uint sequence) => _window.Judge(new FrameIdentity(boot, sequence), Hash);

    private void Take(uint boot, uint sequence) => _window.Take(new FrameIdentity(boot, sequence), Hash, ++_position);
}
