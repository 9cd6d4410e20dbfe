using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Earmark.FirmwareProtocols.Wire;

/// <summary>One way of speaking: bytes to one line of JSON and back. Total: no input throws, memory is bounded.</summary>
public abstract class Protocol
{
    private protected static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As in <c>earmark decode --protocol</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Messages are lines of text, ended by CR LF in a stream.</summary>
    public virtual bool IsLines => false;

    /// <summary>
    /// <c>{"ok":true,"protocol":…,"message":…,"fields":{…}}</c> with units in the field names, or <c>{"ok":false,"reason":…,"offset":…}</c>.
    /// A text protocol takes its line with or without the line end.
    /// </summary>
    public abstract string Decode(ReadOnlySpan<byte> item, ProtocolSettings settings);

    /// <summary>Reads and writes again. The bytes are the same as those read, but for what the protocol's <c>spec.md</c> leaves open.</summary>
    public abstract bool TryRewrite(ReadOnlySpan<byte> item, ProtocolSettings settings, IBufferWriter<byte> output);

    /// <summary>Finds this protocol's frames in a stream.</summary>
    public abstract FrameFinder Finder(ProtocolSettings settings);

    public static string Refused(Refusal refusal) => $$"""{"ok":false,"reason":"{{refusal.Reason}}","offset":{{refusal.Offset}}}""";
}

/// <summary>A protocol whose codec reads and writes <typeparamref name="TMessage"/>.</summary>
public abstract class Protocol<TMessage> : Protocol
{
    public abstract bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out TMessage message, out Refusal refusal);

    public abstract void Write(TMessage message, ProtocolSettings settings, IBufferWriter<byte> output);

    protected abstract string MessageName(TMessage message);

    protected abstract void WriteFields(Utf8JsonWriter json, TMessage message, ProtocolSettings settings);

    public sealed override string Decode(ReadOnlySpan<byte> item, ProtocolSettings settings)
    {
        if (!TryRead(item, settings, out TMessage message, out Refusal refusal))
        {
            return Refused(refusal);
        }
        ArrayBufferWriter<byte> text = new(512);
        using (Utf8JsonWriter json = new(text, Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("ok", true);
            json.WriteString("protocol", Name);
            json.WriteString("message", MessageName(message));
            json.WriteStartObject("fields");
            WriteFields(json, message, settings);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public sealed override bool TryRewrite(ReadOnlySpan<byte> item, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        bool good = TryRead(item, settings, out TMessage message, out _);
        if (good)
        {
            Write(message, settings, output);
        }
        return good;
    }
}
