using System.Buffers;
using System.Buffers.Binary;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Llrp;

/// <summary>A message of a reader or to it: 10 bytes of header, fixed fields, parameters. Big endian.</summary>
/// <param name="Version">1 is 1.0.1, 2 is 1.1.</param>
/// <param name="Type">What it is.</param>
/// <param name="Id">An answer has the id of its question.</param>
/// <param name="Fields">Fixed fields before the parameters, as they came.</param>
/// <param name="Parameters">In order.</param>
public sealed record LlrpMessage(byte Version, LlrpMessageType Type, uint Id, ReadOnlyMemory<byte> Fields, IReadOnlyList<LlrpParameter> Parameters)
{
    public const int HeaderLength = 10;

    /// <summary>No report of a base station comes near it; a length above is refused, not waited for.</summary>
    public const int MaxLength = 65_536;

    private const int LengthAt = 2;

    public static bool TryRead(ReadOnlySpan<byte> frame, out LlrpMessage? message, out Refusal refusal)
    {
        message = null;
        refusal = CheckHeader(frame, out int length);
        if (!refusal.IsNone || frame.Length != length)
        {
            refusal = !refusal.IsNone ? refusal : new Refusal(frame.Length < length ? WireReasons.Truncated : WireReasons.TrailingBytes, Math.Min(frame.Length, length));
            return false;
        }
        LlrpMessageType type = (LlrpMessageType)(BinaryPrimitives.ReadUInt16BigEndian(frame) & 0x3FF);
        int fields = HeaderLength + LlrpMessageTypes.FixedLength(type);
        if (length < fields)
        {
            refusal = new Refusal(WireReasons.BadLength, LengthAt);
            return false;
        }
        ReadOnlyMemory<byte> copy = frame.ToArray();
        if (!LlrpParameter.TryReadAll(copy[fields..], out List<LlrpParameter> parameters, out refusal))
        {
            refusal = new Refusal(refusal.Reason, fields + refusal.Offset);
            return false;
        }
        LlrpMessage read = new((byte)(frame[0] >> 2), type, BinaryPrimitives.ReadUInt32BigEndian(frame[6..]), copy[HeaderLength..fields], parameters);
        bool good = read.Tags.All(tag => tag is not null);
        message = good ? read : null;
        refusal = good ? default : new Refusal(LlrpReasons.BadParameter, fields);
        return good;
    }

    /// <summary>The tags of a report; null for one that can't be read, which refuses the message.</summary>
    public IEnumerable<LlrpTag?> Tags => Type == LlrpMessageType.RoAccessReport
        ? Parameters.Where(parameter => parameter.Type == LlrpTypes.TagReportData).Select(LlrpTag.Read)
        : [];

    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArrayBufferWriter<byte> body = new(256);
        body.Write(Fields.Span);
        foreach (LlrpParameter parameter in Parameters)
        {
            parameter.Write(body);
        }
        output.WriteUInt16((ushort)((Version << 10) | (ushort)Type));
        output.WriteUInt32((uint)(HeaderLength + body.WrittenCount));
        output.WriteUInt32(Id);
        output.Write(body.WrittenSpan);
    }

    /// <summary>The header alone, as soon as its 10 bytes are there; <paramref name="length"/> is that of the whole message.</summary>
    internal static Refusal CheckHeader(ReadOnlySpan<byte> frame, out int length)
    {
        length = 0;
        if (frame.Length < HeaderLength)
        {
            return new Refusal(WireReasons.Truncated, frame.Length);
        }
        ushort head = BinaryPrimitives.ReadUInt16BigEndian(frame);
        uint stated = BinaryPrimitives.ReadUInt32BigEndian(frame[LengthAt..]);
        length = (int)Math.Min(stated, int.MaxValue);
        return (head >> 10) is not (1 or 2) ? new Refusal(LlrpReasons.UnknownVersion, 0)
            : !LlrpMessageTypes.IsKnown((ushort)(head & 0x3FF)) ? new Refusal(WireReasons.UnknownMessage, 0)
            : stated < HeaderLength ? new Refusal(WireReasons.BadLength, LengthAt)
            : stated > MaxLength ? new Refusal(WireReasons.Oversize, LengthAt)
            : default;
    }
}
