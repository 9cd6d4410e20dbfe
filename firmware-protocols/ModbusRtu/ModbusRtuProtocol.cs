using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.ModbusRtu;

/// <summary>
/// <c>modbus-rtu</c>: reading registers (functions 3 and 4) and their answers. The silence between frames is not measurable through USB, so length and CRC
/// find them. Source: Modbus over serial line 1.02, Modbus application protocol 1.1b3.
/// </summary>
public sealed class ModbusRtuProtocol : Protocol<ModbusFrame>
{
    private const int MaxAddress = 247;
    private const int ExceptionFlag = 0x80;
    private const int ExceptionLength = 5;
    private const int QuestionLength = 8;
    private const int AnswerOverhead = 5;
    private const int MaxRegisters = 125;
    private const int MaxLength = AnswerOverhead + (2 * MaxRegisters);
    private static readonly ProbingFinder Frames = new(MaxLength, first => first is > 0 and <= MaxAddress, Probe);

    public override string Name => "modbus-rtu";

    public override FrameFinder Finder(ProtocolSettings settings) => Frames;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out ModbusFrame message, out Refusal refusal)
    {
        refusal = Check(item);
        message = refusal.IsNone ? Read(item) : null!;
        return refusal.IsNone;
    }

    public override void Write(ModbusFrame message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArrayBufferWriter<byte> frame = new(16);
        frame.WriteByte(message.Address);
        switch (message.Kind)
        {
            case ModbusKind.Question:
                frame.WriteByte(message.Function);
                frame.WriteUInt16(message.First);
                frame.WriteUInt16(message.Count);
                break;
            case ModbusKind.Exception:
                frame.WriteByte((byte)(message.Function | ExceptionFlag));
                frame.WriteByte((byte)message.First);
                break;
            default:
                frame.WriteByte(message.Function);
                frame.WriteByte((byte)(2 * message.Registers.Count));
                foreach (ushort register in message.Registers)
                {
                    frame.WriteUInt16(register);
                }
                break;
        }
        ushort crc = ModbusCrc.Compute(frame.WrittenSpan);
        frame.WriteByte((byte)crc);
        frame.WriteByte((byte)(crc >> 8));
        output.Write(frame.WrittenSpan);
    }

    protected override string MessageName(ModbusFrame message) => message.Kind switch
    {
        ModbusKind.Question => "question",
        ModbusKind.Exception => "error",
        _ => message.Registers.Count <= 2 ? "weight" : "registers",
    };

    protected override void WriteFields(Utf8JsonWriter json, ModbusFrame message, ProtocolSettings settings)
    {
        json.WriteNumber("address", message.Address);
        json.WriteNumber("function", message.Function);
        switch (message.Kind)
        {
            case ModbusKind.Question:
                json.WriteNumber("firstRegister", message.First);
                json.WriteNumber("count", message.Count);
                return;
            case ModbusKind.Exception:
                json.WriteNumber("exceptionCode", message.First);
                return;
            default:
                break;
        }
        json.WriteStartArray("registers");
        foreach (ushort register in message.Registers)
        {
            json.WriteNumberValue(register);
        }
        json.WriteEndArray();
        if (message.Value(settings.Decimals, settings.LowWordFirst) is { } value)
        {
            json.WriteString("value", ScaleNumber.Text(value));
            json.WriteString("unit", ScaleUnits.Symbol(settings.Unit));
            json.WriteString("stable", ScaleNames.Of(Stability.Unknown));
            json.WriteString("grossNet", ScaleNames.Of(GrossNet.Unknown));
        }
    }

    private static Refusal Check(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < ExceptionLength)
        {
            return new Refusal(WireReasons.Truncated, frame.Length);
        }
        if (frame[0] is 0 or > MaxAddress)
        {
            return new Refusal(WireReasons.BadStart, 0);
        }
        int function = frame[1] & ~ExceptionFlag;
        if (function is not (3 or 4))
        {
            return new Refusal(WireReasons.UnknownMessage, 1);
        }
        int length = (frame[1] & ExceptionFlag) != 0 ? ExceptionLength : frame.Length == QuestionLength ? QuestionLength : AnswerLength(frame);
        return frame switch
        {
            _ when length == 0 => new(WireReasons.BadLength, 2),
            _ when frame.Length < length => new(WireReasons.Truncated, frame.Length),
            _ when frame.Length > length => new(WireReasons.BadLength, length),
            _ when BinaryPrimitives.ReadUInt16LittleEndian(frame[^2..]) != ModbusCrc.Compute(frame[..^2]) => new(WireReasons.BadCrc, frame.Length - 2),
            _ when length == QuestionLength && BinaryPrimitives.ReadUInt16BigEndian(frame[4..]) is 0 or > MaxRegisters => new(WireReasons.BadFormat, 4),
            _ => default,
        };
    }

    /// <summary>0 when the byte count can't be one.</summary>
    private static int AnswerLength(ReadOnlySpan<byte> frame) => frame[2] % 2 == 0 && frame[2] is > 0 and <= 2 * MaxRegisters ? AnswerOverhead + frame[2] : 0;

    private static ModbusFrame Read(ReadOnlySpan<byte> frame)
    {
        byte function = (byte)(frame[1] & ~ExceptionFlag);
        if ((frame[1] & ExceptionFlag) != 0)
        {
            return new ModbusFrame(ModbusKind.Exception, frame[0], function, frame[2], 0, []);
        }
        if (frame.Length == QuestionLength)
        {
            return new ModbusFrame(
                ModbusKind.Question, frame[0], function, BinaryPrimitives.ReadUInt16BigEndian(frame[2..]), BinaryPrimitives.ReadUInt16BigEndian(frame[4..]), []);
        }
        ushort[] registers = new ushort[frame[2] / 2];
        for (int i = 0; i < registers.Length; i++)
        {
            registers[i] = BinaryPrimitives.ReadUInt16BigEndian(frame[(3 + (2 * i))..]);
        }
        return new ModbusFrame(ModbusKind.Answer, frame[0], function, 0, 0, registers);
    }

    private static int Probe(ReadOnlySpan<byte> stream, bool ended)
    {
        if (stream.Length < 3)
        {
            return ProbingFinder.Unknown;
        }
        if ((stream[1] & ~ExceptionFlag) is not (3 or 4))
        {
            return ProbingFinder.None;
        }
        bool wait = false;
        foreach (int length in (ReadOnlySpan<int>)[ExceptionLength, AnswerLength(stream), QuestionLength])
        {
            bool possible = length > 0 && (length == ExceptionLength) == ((stream[1] & ExceptionFlag) != 0);
            if (possible && stream.Length >= length && Check(stream[..length]).IsNone)
            {
                return length;
            }
            wait |= possible && stream.Length < length;
        }
        return wait ? ProbingFinder.Unknown : ProbingFinder.None;
    }
}
