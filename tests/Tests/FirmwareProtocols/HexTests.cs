using Earmark.FirmwareProtocols;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols;

public sealed class HexTests
{
    [Theory]
    [InlineData("454d01ff", "454d01ff")]
    [InlineData("45 4D:01-FF\r\n", "454d01ff")]
    [InlineData("4 54d0 1ff", "454d01ff")]
    [InlineData("", "")]
    public void Hex_is_taken_as_people_paste_it(string text, string bytes)
    {
        Assert.True(Hex.TryParse(text, out byte[] parsed, out string reason), reason);
        Assert.Equal(bytes, Hex.Format(parsed));
    }

    [Theory]
    [InlineData("45x", "character 3 is not a hex digit")]
    [InlineData("0x45", "character 2 is not a hex digit")]
    [InlineData("45é", "character 3 is not a hex digit")]
    [InlineData("454", "an odd number of hex digits (3)")]
    public void What_is_wrong_is_said_with_its_place(string text, string reason)
    {
        Assert.False(Hex.TryParse(text, out byte[] bytes, out string said));
        Assert.Equal(reason, said);
        Assert.Empty(bytes);
    }

    [Fact]
    public void More_than_65536_bytes_are_refused()
    {
        Assert.True(Hex.TryParse(new string('a', 2 * Hex.MaxBytes), out _, out _));
        Assert.False(Hex.TryParse(new string('a', (2 * Hex.MaxBytes) + 2), out _, out string reason));
        Assert.Equal("more than 65536 bytes", reason);
    }
}
