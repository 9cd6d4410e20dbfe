using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

public enum Jt808RegistrationResult : byte
{
    Done = 0,
    VehicleAlreadyRegistered = 1,
    VehicleUnknown = 2,
    TerminalAlreadyRegistered = 3,
    TerminalUnknown = 4,
}

/// <summary>0x8100: serial of the registration, its result, and only with result 0 the code to authenticate with.</summary>
public sealed record Jt808RegistrationReply(ushort ReplyTo, Jt808RegistrationResult Result, Jt808Text? Code) : Jt808Body
{
    private static readonly string[] Names = ["done", "vehicle-already-registered", "vehicle-unknown", "terminal-already-registered", "terminal-unknown"];

    internal static Jt808RegistrationReply? Read(ReadOnlySpan<byte> body, ref Refusal refusal)
    {
        bool good = body.Length >= 3 && body[2] < Names.Length && (body[2] == 0 || body.Length == 3);
        refusal = new Refusal(Jt808Reasons.BadBody, Math.Min(body.Length, 2));
        return good
            ? new Jt808RegistrationReply(
                BinaryPrimitives.ReadUInt16BigEndian(body), (Jt808RegistrationResult)body[2], body[2] == 0 ? new Jt808Text(body[3..].ToArray()) : null)
            : null;
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        output.WriteUInt16(ReplyTo);
        output.WriteByte((byte)Result);
        output.Write(Code is null ? [] : Code.Bytes.Span);
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        json.WriteNumber("replyToSerial", ReplyTo);
        json.WriteString("result", Names[(int)Result]);
        json.WriteString("code", Code?.ToString());
    }
}
