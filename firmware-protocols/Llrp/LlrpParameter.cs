using System.Buffers;
using System.Buffers.Binary;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Llrp;

/// <summary>
/// A parameter: TV, one byte 0x80 | type and a value of fixed length; or TLV, type u16 (10 bits), length u16 with its own 4 bytes, value. What a value holds
/// is read where it is needed, so parameters of makers stay as they came.
/// </summary>
/// <param name="Type">1–20 for TV, from 128 for TLV.</param>
/// <param name="Value">Without the head.</param>
public sealed record LlrpParameter(ushort Type, ReadOnlyMemory<byte> Value)
{
    private const int TvBit = 0x80;
    private const int TlvHead = 4;

    private bool IsTv => Type < TvBit;

    public static LlrpParameter Of(ushort type, ReadOnlySpan<byte> fields, params ReadOnlySpan<LlrpParameter> inner)
    {
        ArrayBufferWriter<byte> value = new(64);
        value.Write(fields);
        foreach (LlrpParameter parameter in inner)
        {
            parameter.Write(value);
        }
        return new LlrpParameter(type, value.WrittenSpan.ToArray());
    }

    /// <summary>Reads parameters to the end of <paramref name="bytes"/>; on failure the offset is that of the first one that does not fit.</summary>
    public static bool TryReadAll(ReadOnlyMemory<byte> bytes, out List<LlrpParameter> parameters, out Refusal refusal)
    {
        parameters = [];
        for (int at = 0; at < bytes.Length;)
        {
            ReadOnlySpan<byte> rest = bytes.Span[at..];
            bool tv = (rest[0] & TvBit) != 0;
            int type = tv ? rest[0] & ~TvBit : rest.Length < TlvHead ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest) & 0x3FF;
            int head = tv ? 1 : TlvHead;
            int length = tv ? 1 + TvLength(type) : rest.Length < TlvHead ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length <= (tv ? 1 : TlvHead - 1) || length > rest.Length || (!tv && type < TvBit))
            {
                refusal = new Refusal(LlrpReasons.BadParameter, at);
                return false;
            }
            parameters.Add(new LlrpParameter((ushort)type, bytes.Slice(at + head, length - head)));
            at += length;
        }
        refusal = default;
        return true;
    }

    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (IsTv)
        {
            output.WriteByte((byte)(TvBit | Type));
        }
        else
        {
            output.WriteUInt16(Type);
            output.WriteUInt16((ushort)(TlvHead + Value.Length));
        }
        output.Write(Value.Span);
    }

    /// <summary>-1 for a type that has none: it can't be stepped over.</summary>
    private static int TvLength(int type) => type switch
    {
        LlrpTypes.AntennaId or LlrpTypes.ChannelIndex or LlrpTypes.TagSeenCount or 10 or 11 or 12 or 14 or 15 or 17 or 19 or 20 => 2,
        LlrpTypes.FirstSeenUtc or 3 or LlrpTypes.LastSeenUtc or 5 => 8,
        LlrpTypes.PeakRssi => 1,
        LlrpTypes.RoSpecId or 16 or 18 => 4,
        LlrpTypes.Epc96 => 12,
        _ => -1,
    };
}

/// <summary>Numbers of the parameters that are read or written here. Source: LLRP 1.0.1 and 1.1, chapter 16.</summary>
public static class LlrpTypes
{
    public const ushort AntennaId = 1;
    public const ushort FirstSeenUtc = 2;
    public const ushort LastSeenUtc = 4;
    public const ushort PeakRssi = 6;
    public const ushort ChannelIndex = 7;
    public const ushort TagSeenCount = 8;
    public const ushort RoSpecId = 9;
    public const ushort Epc96 = 13;
    public const ushort UtcTimestamp = 128;
    public const ushort RoSpec = 177;
    public const ushort RoBoundarySpec = 178;
    public const ushort RoSpecStartTrigger = 179;
    public const ushort RoSpecStopTrigger = 182;
    public const ushort AiSpec = 183;
    public const ushort AiSpecStopTrigger = 184;
    public const ushort InventoryParameterSpec = 186;
    public const ushort KeepaliveSpec = 220;
    public const ushort EventsAndReports = 226;
    public const ushort RoReportSpec = 237;
    public const ushort TagReportContentSelector = 238;
    public const ushort TagReportData = 240;
    public const ushort EpcData = 241;
    public const ushort ReaderEventNotificationData = 246;
    public const ushort AntennaEvent = 255;
    public const ushort ConnectionAttemptEvent = 256;
    public const ushort ConnectionCloseEvent = 257;
    public const ushort LlrpStatus = 287;
}

/// <summary>Reasons LLRP has, beside those of <see cref="WireReasons"/>.</summary>
public static class LlrpReasons
{
    public const string UnknownVersion = "unknown-version";

    /// <summary>A parameter does not fit its place, or a tag report has no EPC.</summary>
    public const string BadParameter = "bad-parameter";
}
