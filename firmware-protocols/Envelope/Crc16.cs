using System.Buffers.Binary;

namespace Earmark.FirmwareProtocols.Envelope;

/// <summary>CRC-16/CCITT-FALSE (also IBM-3740): polynomial 0x1021, initial 0xFFFF, not reflected; "123456789" gives 0x29B1.</summary>
public static class Crc16
{
    private const int Lanes = 8;

    // Table k holds the CRC of a byte followed by k zero bytes: eight bytes then cost eight independent look-ups instead of a chain of eight.
    private static readonly ushort[] Tables = Fill();

    public static ushort Compute(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ushort> tables = Tables.AsSpan(0, Lanes << 8);
        ushort crc = 0xFFFF;
        while (bytes.Length >= Lanes)
        {
            ulong block = BinaryPrimitives.ReadUInt64BigEndian(bytes) ^ ((ulong)crc << 48);
            crc = (ushort)(
                tables[(byte)block]
                ^ tables[0x100 | (byte)(block >> 8)]
                ^ tables[0x200 | (byte)(block >> 16)]
                ^ tables[0x300 | (byte)(block >> 24)]
                ^ tables[0x400 | (byte)(block >> 32)]
                ^ tables[0x500 | (byte)(block >> 40)]
                ^ tables[0x600 | (byte)(block >> 48)]
                ^ tables[0x700 | (byte)(block >> 56)]);
            bytes = bytes[Lanes..];
        }
        foreach (byte value in bytes)
        {
            crc = (ushort)((crc << 8) ^ tables[(crc >> 8) ^ value]);
        }
        return crc;
    }

    private static ushort[] Fill()
    {
        ushort[] tables = new ushort[Lanes << 8];
        for (int value = 0; value < 256; value++)
        {
            int crc = value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
            tables[value] = (ushort)crc;
        }
        for (int index = 256; index < tables.Length; index++)
        {
            ushort shorter = tables[index - 256];
            tables[index] = (ushort)((shorter << 8) ^ tables[shorter >> 8]);
        }
        return tables;
    }
}
