using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Topics;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Topics;

public sealed class TopicTests
{
    [Theory]
    [InlineData("earmark/v1/base-station/bs-01/up", DeviceKind.BaseStation, "bs-01", TopicDirection.Up)]
    [InlineData("earmark/v1/ear-tag/156000000000001/down", DeviceKind.EarTag, "156000000000001", TopicDirection.Down)]
    [InlineData("earmark/v1/warehouse-scale/abcdefghijklmnop/status", DeviceKind.WarehouseScale, "abcdefghijklmnop", TopicDirection.Status)]
    public void A_topic_is_built_and_parsed_both_ways(string topic, DeviceKind kind, string device, TopicDirection direction)
    {
        Assert.Equal(topic, DeviceTopic.Build(kind, Keys.Name(device), direction));
        Assert.True(DeviceTopic.TryParse(topic, out DeviceKind parsedKind, out DeviceName parsedDevice, out TopicDirection parsedDirection));
        Assert.Equal((kind, device, direction), (parsedKind, parsedDevice.ToString(), parsedDirection));
        Assert.True(DeviceTopic.TryParse(System.Text.Encoding.UTF8.GetBytes(topic), out _, out parsedDevice, out _));
        Assert.Equal(device, parsedDevice.ToString());
        Assert.True(topic.Length <= DeviceTopic.MaxLength);
    }

    [Theory]
    [InlineData("")]
    [InlineData("earmark/v1/")]
    [InlineData("earmark/v1/base-station")]
    [InlineData("earmark/v1/base-station/up")]
    [InlineData("earmark/v1/base-station//up")]
    [InlineData("earmark/v1/base-station/bs-01")]
    [InlineData("earmark/v1/base-station/bs-01/")]
    [InlineData("earmark/v1/base-station/bs-01/up/")]
    [InlineData("earmark/v1/base-station/bs-01/x/up")]
    [InlineData("/earmark/v1/base-station/bs-01/up")]
    [InlineData("earmark/v2/base-station/bs-01/up")]
    [InlineData("Earmark/v1/base-station/bs-01/up")]
    [InlineData("earmark/v1/base-station/BS-01/up")]
    [InlineData("earmark/v1/base-station/+/up")]
    [InlineData("earmark/v1/base-station/#")]
    [InlineData("earmark/v1/tag/bs-01/up")]
    [InlineData("earmark/v1/ear-tag/cow-1/up")]
    [InlineData("earmark/v1/base-station/abcdefghijklmnopq/up")]
    [InlineData("earmark/v1/base-station/bs-0é/up")]
    [InlineData("earmark/v1/base-station/bs\001/up")]
    [InlineData("earmark/v1/base-station/bs-01/UP")]
    public void Anything_else_is_no_topic_of_ours(string topic)
    {
        Assert.False(DeviceTopic.TryParse(topic, out _, out _, out _));
        Assert.False(DeviceTopic.TryParse(System.Text.Encoding.UTF8.GetBytes(topic), out _, out _, out _));
    }

    [Fact]
    public void Status_is_exactly_online_or_offline()
    {
        Assert.True(StatusMessage.TryRead("online"u8, out bool online, out _) && online);
        Assert.True(StatusMessage.TryRead("offline"u8, out online, out _) && !online);
        Assert.False(StatusMessage.TryRead("Online"u8, out _, out Refusal refusal));
        Assert.Equal(new Refusal("bad-status", 0), refusal);
        Assert.False(StatusMessage.TryRead([], out _, out _));
    }

    [Fact]
    public void Every_kind_has_the_name_that_parses_to_it()
    {
        foreach (DeviceKind kind in DeviceKinds.All)
        {
            Assert.True(DeviceKinds.TryParse(DeviceKinds.Name(kind), out DeviceKind parsed));
            Assert.Equal(kind, parsed);
        }
        Assert.False(DeviceKinds.TryParse("Base-Station", out _));
        Assert.Equal(Enum.GetValues<DeviceKind>().Length, DeviceKinds.All.Length);
    }
}
