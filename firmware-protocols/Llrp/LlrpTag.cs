using System.Buffers.Binary;

namespace Earmark.FirmwareProtocols.Llrp;

/// <summary>One tag of a report; what the reader was not asked for or can't tell is null.</summary>
/// <param name="Epc">Its bits, filled up to whole bytes.</param>
/// <param name="EpcBits">How many of them count.</param>
/// <param name="Antenna">From 1.</param>
/// <param name="RssiDbm">The strongest of the reads in this report.</param>
/// <param name="FirstSeen">UTC.</param>
/// <param name="LastSeen">UTC.</param>
/// <param name="Count">Reads in this report.</param>
public sealed record LlrpTag(
    ReadOnlyMemory<byte> Epc, int EpcBits, int? Antenna, int? RssiDbm, DateTimeOffset? FirstSeen, DateTimeOffset? LastSeen, int? Count, int? ChannelIndex, uint? RoSpecId)
{
    private const int BitsLength = 2;
    private const int TicksPerMicrosecond = 10;
    private static readonly ulong MaxMicroseconds = (ulong)(DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TicksPerMicrosecond;

    /// <summary>Null when it has no EPC or a time that is none.</summary>
    public static LlrpTag? Read(LlrpParameter report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (!LlrpParameter.TryReadAll(report.Value, out List<LlrpParameter> inside, out _))
        {
            return null;
        }
        LlrpTag tag = new(default, 0, null, null, null, null, null, null, null);
        foreach (LlrpParameter parameter in inside)
        {
            ReadOnlySpan<byte> value = parameter.Value.Span;
            switch (parameter.Type)
            {
                case LlrpTypes.Epc96: tag = tag with { Epc = parameter.Value, EpcBits = 96 }; break;
                case LlrpTypes.EpcData when value.Length >= BitsLength && (BinaryPrimitives.ReadUInt16BigEndian(value) + 7) / 8 == value.Length - BitsLength:
                    tag = tag with { Epc = parameter.Value[BitsLength..], EpcBits = BinaryPrimitives.ReadUInt16BigEndian(value) };
                    break;
                case LlrpTypes.EpcData: return null;
                case LlrpTypes.AntennaId: tag = tag with { Antenna = BinaryPrimitives.ReadUInt16BigEndian(value) }; break;
                case LlrpTypes.PeakRssi: tag = tag with { RssiDbm = (sbyte)value[0] }; break;
                case LlrpTypes.ChannelIndex: tag = tag with { ChannelIndex = BinaryPrimitives.ReadUInt16BigEndian(value) }; break;
                case LlrpTypes.TagSeenCount: tag = tag with { Count = BinaryPrimitives.ReadUInt16BigEndian(value) }; break;
                case LlrpTypes.RoSpecId: tag = tag with { RoSpecId = BinaryPrimitives.ReadUInt32BigEndian(value) }; break;
                case LlrpTypes.FirstSeenUtc or LlrpTypes.LastSeenUtc when Time(value) is null: return null;
                case LlrpTypes.FirstSeenUtc: tag = tag with { FirstSeen = Time(value) }; break;
                case LlrpTypes.LastSeenUtc: tag = tag with { LastSeen = Time(value) }; break;
                default: break;
            }
        }
        return tag.EpcBits > 0 ? tag : null;
    }

    internal static DateTimeOffset? Time(ReadOnlySpan<byte> microseconds) =>
        BinaryPrimitives.ReadUInt64BigEndian(microseconds) is var since && since <= MaxMicroseconds ? DateTimeOffset.UnixEpoch.AddTicks((long)since * TicksPerMicrosecond) : null;
}
