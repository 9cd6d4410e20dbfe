using System.Buffers.Binary;

namespace Earmark.FirmwareProtocols.Llrp;

/// <summary>
/// What a base station's client sends, in this order: <see cref="DeleteAllRoSpecs"/> (of whoever was there before), <see cref="SetConfig"/>,
/// <see cref="AddInventory"/>, <see cref="Enable"/>, <see cref="Start"/>; then <see cref="KeepaliveAck"/> to each keepalive, or the reader hangs up.
/// </summary>
public static class LlrpCommands
{
    private const byte GetRidOfFactorySettings = 0;
    private const byte Periodic = 1;
    private const byte NoTrigger = 0;
    private const byte Disabled = 0;
    private const byte AtNTagsOrTheEnd = 1;
    private const byte Gen2 = 1;

    /// <summary>ROSpecID, antenna, channel, RSSI, first and last seen, count.</summary>
    private const ushort WantedContent = 0x8000 | 0x1000 | 0x0800 | 0x0400 | 0x0200 | 0x0100 | 0x0080;

    public static LlrpMessage DeleteAllRoSpecs(uint id) => OfRoSpec(LlrpMessageType.DeleteRoSpec, id, 0);

    /// <param name="keepalive">Asks for a keepalive as often; the reader hangs up when none is answered.</param>
    public static LlrpMessage SetConfig(uint id, TimeSpan keepalive)
    {
        Span<byte> spec = [Periodic, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(spec[1..], (uint)keepalive.TotalMilliseconds);
        return Message(LlrpMessageType.SetReaderConfig, id, [GetRidOfFactorySettings], LlrpParameter.Of(LlrpTypes.KeepaliveSpec, spec), LlrpParameter.Of(LlrpTypes.EventsAndReports, [0]));
    }

    /// <summary>An inventory without end on these antennas that reports after so many tags.</summary>
    /// <param name="antennas">From 1; 0 alone stands for all.</param>
    /// <param name="reportAfterTags">At least 1.</param>
    public static LlrpMessage AddInventory(uint id, uint roSpecId, ReadOnlySpan<ushort> antennas, ushort reportAfterTags)
    {
        Span<byte> head = [0, 0, 0, 0, 0, Disabled];
        BinaryPrimitives.WriteUInt32BigEndian(head, roSpecId);
        Span<byte> antenna = new byte[2 + (2 * antennas.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(antenna, (ushort)antennas.Length);
        for (int i = 0; i < antennas.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(antenna[(2 + (2 * i))..], antennas[i]);
        }
        Span<byte> report = [AtNTagsOrTheEnd, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(report[1..], reportAfterTags);
        Span<byte> content = [0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(content, WantedContent);
        return Message(LlrpMessageType.AddRoSpec, id, [], LlrpParameter.Of(
            LlrpTypes.RoSpec,
            head,
            LlrpParameter.Of(
                LlrpTypes.RoBoundarySpec,
                [],
                LlrpParameter.Of(LlrpTypes.RoSpecStartTrigger, [NoTrigger]),
                LlrpParameter.Of(LlrpTypes.RoSpecStopTrigger, [NoTrigger, 0, 0, 0, 0])),
            LlrpParameter.Of(
                LlrpTypes.AiSpec,
                antenna,
                LlrpParameter.Of(LlrpTypes.AiSpecStopTrigger, [NoTrigger, 0, 0, 0, 0]),
                LlrpParameter.Of(LlrpTypes.InventoryParameterSpec, [0, 1, Gen2])),
            LlrpParameter.Of(LlrpTypes.RoReportSpec, report, LlrpParameter.Of(LlrpTypes.TagReportContentSelector, content))));
    }

    public static LlrpMessage Enable(uint id, uint roSpecId) => OfRoSpec(LlrpMessageType.EnableRoSpec, id, roSpecId);

    public static LlrpMessage Start(uint id, uint roSpecId) => OfRoSpec(LlrpMessageType.StartRoSpec, id, roSpecId);

    /// <param name="id">Of the keepalive.</param>
    public static LlrpMessage KeepaliveAck(uint id) => Message(LlrpMessageType.KeepaliveAck, id, []);

    public static LlrpMessage Close(uint id) => Message(LlrpMessageType.CloseConnection, id, []);

    private static LlrpMessage OfRoSpec(LlrpMessageType type, uint id, uint roSpecId)
    {
        byte[] fields = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(fields, roSpecId);
        return Message(type, id, fields);
    }

    /// <summary>All of it is the same in 1.0.1 and 1.1; a reader of 1.1 speaks 1.0.1 until told otherwise.</summary>
    private static LlrpMessage Message(LlrpMessageType type, uint id, ReadOnlySpan<byte> fields, params ReadOnlySpan<LlrpParameter> parameters) =>
        new(1, type, id, fields.ToArray(), parameters.ToArray());
}
