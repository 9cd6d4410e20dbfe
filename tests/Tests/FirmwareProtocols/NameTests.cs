using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.EarTag;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols;

public sealed class NameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("bs-01")]
    [InlineData("12345678")]
    [InlineData("123456789")]
    [InlineData("abcdefghijklmnop")]
    public void A_device_name_is_kept_whole(string text)
    {
        Assert.True(DeviceName.TryParse(text, out DeviceName name));
        Assert.Equal(text, name.ToString());
        Assert.Equal(text.Length, name.Length);
        Assert.True(DeviceName.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out DeviceName same));
        Assert.True(name == same && name.GetHashCode() == same.GetHashCode());
        Assert.False(name == Keys.Name("other"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcdefghijklmnopq")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\0")]
    [InlineData("牛")]
    public void Anything_else_is_no_device_name(string text)
    {
        Assert.False(DeviceName.TryParse(text, out DeviceName name));
        Assert.True(name.IsEmpty);
        Assert.False(DeviceName.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    [InlineData("156000000000001", 156, 1)]
    [InlineData("001000000000000", 1, 0)]
    [InlineData("999274877906943", 999, 274_877_906_943)]
    public void A_tag_number_is_country_and_national_number(string text, int country, ulong national)
    {
        Assert.True(TagNumber.TryParse(text, out TagNumber tag));
        Assert.Equal((country, national, text), (tag.Country, tag.National, tag.ToString()));
        Assert.True(TagNumber.TryFrom(tag.ToDeviceName(), out TagNumber same));
        Assert.Equal(tag, same);
    }

    [Theory]
    [InlineData("000000000000001")]
    [InlineData("156274877906944")]
    [InlineData("15600000000001")]
    [InlineData("1560000000000011")]
    [InlineData("+56000000000001")]
    [InlineData(" 56000000000001")]
    [InlineData("15600000000000a")]
    public void Anything_else_is_no_tag_number(string text)
    {
        Assert.False(TagNumber.TryParse(text, out _));
        Assert.False(DeviceName.TryParse(text, out DeviceName name) && TagNumber.TryFrom(name, out _));
    }
}
