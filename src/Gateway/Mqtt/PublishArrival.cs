using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Earmark.Contracts.Sites;
using Earmark.Gateway.Intake;
using Earmark.Gateway.Sessions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Earmark.Gateway.Mqtt;

/// <summary>One PUBLISH with its place in its connection's line of answers, and how the answer is written.</summary>
internal sealed class PublishArrival(DeviceConnection connection, DeviceSession session, MqttPublishPacket publish, byte[] bytes)
    : Arrival(session, bytes)
{
    private const byte PubAck = 0x40;
    private const byte PubRec = 0x50;
    private const byte ReasonStringProperty = 0x1F;
    private const int LongestReason = 60;

    /// <summary>Bytes of the longest answer: header, packet id, code and reason.</summary>
    public const int LongestAnswer = 9 + LongestReason;

    private readonly ushort _packetId = publish.PacketIdentifier;
    private readonly MqttQualityOfServiceLevel _quality = publish.QualityOfServiceLevel;
    private FrameReceipt _receipt;
    private volatile bool _isAnswered;

    public bool IsAnswered => _isAnswered;

    /// <summary>Sent with QoS 0: nobody is told, and nobody sends it again.</summary>
    public bool IsUnguarded => _quality == MqttQualityOfServiceLevel.AtMostOnce;

    /// <summary>Not durable and so not to be acknowledged, nor anything behind it: the connection has to end.</summary>
    public bool EndsConnection => _receipt.Outcome == FrameOutcome.NotRecorded && !IsUnguarded;

    protected override bool IsAbandoned => connection.Lifetime.IsCancellationRequested;

    public override void Tell() => connection.Line.Tell();

    /// <summary>PUBACK, or PUBREC for QoS 2; with code and reason for a refusal where the client's version has them.</summary>
    /// <returns>How many bytes; 0 where no answer is due.</returns>
    public int Write(IBufferWriter<byte> output)
    {
        if (IsUnguarded)
        {
            return 0;
        }
        Span<byte> packet = stackalloc byte[LongestAnswer];
        packet[0] = _quality == MqttQualityOfServiceLevel.AtLeastOnce ? PubAck : PubRec;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], _packetId);
        var length = 4;
        if (_receipt is { Outcome: FrameOutcome.Refused, Reason: { } reason } && connection.SaysReasonCodes)
        {
            packet[length++] = (byte)ReasonCodes.Of(reason);
            length += connection.SaysReasonStrings ? WriteReason(reason, packet[length..]) : 0;
        }
        packet[1] = (byte)(length - 2);
        output.Write(packet[..length]);
        return length;
    }

    protected override void Answer(FrameReceipt receipt)
    {
        _receipt = receipt;
        if (receipt.Outcome == FrameOutcome.Refused)
        {
            connection.CountRefusal();
        }
        _isAnswered = true;
        connection.Line.HasNews();
    }

    private static int WriteReason(string reason, Span<byte> properties)
    {
        var text = Encoding.UTF8.GetBytes(reason.AsSpan(0, Math.Min(reason.Length, LongestReason)), properties[4..]);
        properties[0] = (byte)(3 + text);
        properties[1] = ReasonStringProperty;
        BinaryPrimitives.WriteUInt16BigEndian(properties[2..], (ushort)text);
        return 4 + text;
    }
}
