namespace Earmark.FirmwareProtocols.ModbusRtu;

/// <summary>CRC-16/MODBUS: polynomial 0x8005 reflected (0xA001), initial 0xFFFF, sent low byte first; "123456789" gives 0x4B37.</summary>
public static class ModbusCrc
{
    private const ushort Reflected = 0xA001;

    public static ushort Compute(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ Reflected : crc >> 1);
            }
        }
        return crc;
    }
}
