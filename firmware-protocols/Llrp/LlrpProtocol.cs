using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Llrp;

/// <summary><c>llrp</c>: UHF readers as base stations. The reader listens on TCP 5084 (5085 TLS) and takes one client.</summary>
public sealed class LlrpProtocol : Protocol<LlrpMessage>
{
    private static readonly ProbingFinder Frames = new(LlrpMessage.MaxLength, first => (first >> 2) is 1 or 2, Probe);

    public override string Name => "llrp";

    public override FrameFinder Finder(ProtocolSettings settings) => Frames;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out LlrpMessage message, out Refusal refusal)
    {
        bool good = LlrpMessage.TryRead(item, out LlrpMessage? read, out refusal);
        message = read!;
        return good;
    }

    public override void Write(LlrpMessage message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.Write(output);
    }

    protected override string MessageName(LlrpMessage message) => LlrpMessageTypes.Name(message.Type);

    protected override void WriteFields(Utf8JsonWriter json, LlrpMessage message, ProtocolSettings settings) => LlrpFields.Write(json, message);

    // What is garbage shows in the first ten bytes as a rule; a length that is believed costs at most the longest message.
    private static int Probe(ReadOnlySpan<byte> stream, bool ended)
    {
        if (stream.Length < LlrpMessage.HeaderLength)
        {
            return ProbingFinder.Unknown;
        }
        if (!LlrpMessage.CheckHeader(stream, out int length).IsNone)
        {
            return ProbingFinder.None;
        }
        return stream.Length < length ? ProbingFinder.Unknown
            : LlrpMessage.TryRead(stream[..length], out _, out _) ? length
            : ProbingFinder.None;
    }
}
