using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Iso11784;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.FdxB;

/// <summary><c>fdx-b</c>: the 16 bytes of an air frame, or its 128 bits as text.</summary>
public sealed class FdxBProtocol : Protocol<FdxBFrame>
{
    private static readonly ProbingFinder Frames = new(FdxBFrame.Length, first => first == 0, (stream, _) =>
        stream.Length < FdxBFrame.Length ? ProbingFinder.Unknown : FdxBFrame.TryRead(stream[..FdxBFrame.Length], out FdxBFrame? _, out Refusal _) ? FdxBFrame.Length : ProbingFinder.None);

    public override string Name => "fdx-b";

    public override FrameFinder Finder(ProtocolSettings settings) => Frames;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out FdxBFrame message, out Refusal refusal)
    {
        Span<byte> packed = stackalloc byte[FdxBFrame.Length];
        bool good = FdxBFrame.TryRead(FdxBFrame.TryPack(item.TrimEnd("\r\n"u8), packed) ? packed : item, out FdxBFrame? read, out refusal);
        message = read!;
        return good;
    }

    public override void Write(FdxBFrame message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        message.Write(output.GetSpan(FdxBFrame.Length));
        output.Advance(FdxBFrame.Length);
    }

    protected override string MessageName(FdxBFrame message) => message.Code.IsAnimal ? "animal" : "not-an-animal";

    protected override void WriteFields(Utf8JsonWriter json, FdxBFrame message, ProtocolSettings settings)
    {
        Iso11784Fields.Write(json, message.Code);
        Span<byte> code = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(code, message.Code.Bits);
        json.WriteString("crc", $"{FdxBFrame.Crc(code):x4}");
        json.WriteString("trailer", $"{message.Trailer:x6}");
    }
}
