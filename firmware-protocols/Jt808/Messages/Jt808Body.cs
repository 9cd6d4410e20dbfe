using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>What a message says. Which message it is stands in its header.</summary>
public abstract record Jt808Body
{
    internal abstract void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings);

    internal abstract void WriteFields(Utf8JsonWriter json, in Jt808Header header);
}

/// <summary>Heartbeat, logout, and the questions for time and place: nothing to say.</summary>
public sealed record Jt808Empty : Jt808Body
{
    public static Jt808Empty Instance { get; } = new();

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
    }
}

/// <summary>A part of a longer message, or a message that is not taken apart here: kept as it came.</summary>
public sealed record Jt808Bytes(ReadOnlyMemory<byte> Body) : Jt808Body
{
    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings) => output.Write(Body.Span);

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header) => json.WriteHex("bodyHex", Body.Span);
}
