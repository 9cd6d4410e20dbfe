using Earmark.FirmwareProtocols.Jt808;
using Earmark.FirmwareProtocols.Jt808.Messages;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Jt808;

public sealed class Jt808AssemblyTests
{
    [Fact]
    public void Parts_in_any_order_and_repeated_make_the_message_once()
    {
        Jt808Assembly assembly = new();
        Assert.False(assembly.TryComplete(Part(3, 2, 101), [2, 2], out _));
        Assert.False(assembly.TryComplete(Part(3, 1, 100), [1], out _));
        Assert.False(assembly.TryComplete(Part(3, 2, 101), [9, 9], out _));
        Assert.True(assembly.TryComplete(Part(3, 3, 102), [3, 3, 3], out byte[] body));
        Assert.Equal([1, 2, 2, 3, 3, 3], body);
        Assert.Empty(assembly.Missing());
    }

    [Fact]
    public void What_is_missing_is_asked_for_by_the_serial_of_the_first_part()
    {
        Jt808Assembly assembly = new();
        Assert.False(assembly.TryComplete(Part(4, 3, 1), [], out _));
        Jt808MissingParts missing = Assert.Single(assembly.Missing());
        Assert.Equal(65_535, missing.FirstSerial);
        Assert.Equal([1, 2, 4], missing.Parts);
    }

    [Fact]
    public void Messages_that_are_never_finished_give_way_to_newer_ones()
    {
        Jt808Assembly assembly = new();
        for (ushort serial = 0; serial < 100; serial += 10)
        {
            Assert.False(assembly.TryComplete(Part(2, 1, serial), new byte[1023], out _));
        }
        Assert.Equal(Jt808Assembly.MaxMessages, assembly.Missing().Count());
        Assert.Equal(10 - Jt808Assembly.MaxMessages, assembly.GivenUp);
        Assert.True(assembly.TryComplete(Part(2, 2, 91), [1], out _));
    }

    [Fact]
    public void A_message_of_more_parts_than_are_waited_for_is_not_kept()
    {
        Jt808Assembly assembly = new();
        Assert.False(assembly.TryComplete(Part(ushort.MaxValue, 1, 1), [1], out _));
        Assert.Empty(assembly.Missing());
    }

    private static Jt808Header Part(ushort parts, ushort part, ushort serial) =>
        Jt808Header.Of(Jt808Ids.LocationBatch, "13912345678", serial, false) with { Attributes = 0x2000, Parts = parts, Part = part };
}
