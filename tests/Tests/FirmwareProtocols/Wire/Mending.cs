using System.Buffers.Binary;
using System.Globalization;
using Earmark.FirmwareProtocols.ModbusRtu;

namespace Earmark.Tests.FirmwareProtocols.Wire;

/// <summary>Makes checksums of mutated frames right again, so that what lies behind them is tested too.</summary>
internal static class Mending
{
    public static void Mend(string protocol, byte[] bytes)
    {
        switch (protocol)
        {
            case "jt808": Jt808(bytes); break;
            case "xk3190" when bytes.Length > 5: Nibbles(bytes.AsSpan(1, bytes.Length - 4), bytes.AsSpan(bytes.Length - 3)); break;
            case "xk3190-a12" when bytes.Length > 13: Nibbles(bytes.AsSpan(0, 11), bytes.AsSpan(11)); break;
            case "toledo" when bytes.Length == 18: bytes[17] = (byte)(-bytes.Take(17).Sum(value => value & 0x7F) & 0x7F); break;
            case "modbus-rtu" when bytes.Length > 4: BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(bytes.Length - 2), ModbusCrc.Compute(bytes.AsSpan(0, bytes.Length - 2))); break;
            case "nmea": Nmea(bytes); break;
            default: break;
        }
    }

    private static void Nibbles(ReadOnlySpan<byte> bytes, Span<byte> check)
    {
        int xor = 0;
        foreach (byte value in bytes)
        {
            xor ^= value;
        }
        System.Text.Encoding.ASCII.GetBytes(xor.ToString("X2", CultureInfo.InvariantCulture), check);
    }

    private static void Nmea(byte[] bytes)
    {
        int star = Array.IndexOf(bytes, (byte)'*');
        if (star < 1 || star + 2 >= bytes.Length)
        {
            return;
        }
        int xor = bytes.Take(star).Skip(1).Aggregate(0, (sum, value) => sum ^ value);
        System.Text.Encoding.ASCII.GetBytes(xor.ToString("X2", CultureInfo.InvariantCulture), bytes.AsSpan(star + 1));
    }

    private static void Jt808(byte[] bytes)
    {
        if (bytes.Length < 4)
        {
            return;
        }
        (bytes[0], bytes[^1]) = (0x7E, 0x7E);
        int xor = 0;
        for (int at = 1; at < bytes.Length - 2; at++)
        {
            bool escaped = bytes[at] == 0x7D && at + 1 < bytes.Length - 2 && bytes[at + 1] is 1 or 2;
            xor ^= escaped ? 0x7C + bytes[++at] : bytes[at];
        }
        bytes[^2] = (byte)xor;
    }
}
