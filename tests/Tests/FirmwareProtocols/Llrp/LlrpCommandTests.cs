using System.Buffers;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Llrp;
using Earmark.Tests.FirmwareProtocols.Wire;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Llrp;

public sealed class LlrpCommandTests
{
    [Fact]
    public void What_a_client_sends_is_what_another_program_made_of_the_standard()
    {
        AssertSame("delete all", LlrpCommands.DeleteAllRoSpecs(1));
        AssertSame("configuration", LlrpCommands.SetConfig(1, TimeSpan.FromSeconds(10)));
        AssertSame("inventory on two antennas", LlrpCommands.AddInventory(2, 1, [1, 2], 20));
        AssertSame("enable", LlrpCommands.Enable(3, 1));
        AssertSame("start", LlrpCommands.Start(4, 1));
        AssertSame("keepalive answered", LlrpCommands.KeepaliveAck(1234));
        AssertSame("goodbye", LlrpCommands.Close(9));
    }

    [Fact]
    public void The_strongest_read_of_a_tag_is_a_signed_number()
    {
        LlrpMessage report = Read("two tags with all that is asked for");
        Assert.Equal([-58, -71], report.Tags.Select(tag => tag!.RssiDbm!.Value));
        Assert.Equal([1, 4], report.Tags.Select(tag => tag!.Antenna!.Value));
    }

    private static void AssertSame(string vector, LlrpMessage message)
    {
        ArrayBufferWriter<byte> bytes = new();
        message.Write(bytes);
        Assert.Equal(Hex.Format(Vector(vector).Item), Hex.Format(bytes.WrittenSpan));
    }

    private static LlrpMessage Read(string vector) =>
        LlrpMessage.TryRead(Vector(vector).Item, out LlrpMessage? message, out Refusal refusal) ? message! : throw new InvalidDataException(refusal.ToString());

    private static ProtocolVector Vector(string name) => ProtocolVector.All.Single(vector => vector.Protocol == "llrp" && vector.Name == name);
}
