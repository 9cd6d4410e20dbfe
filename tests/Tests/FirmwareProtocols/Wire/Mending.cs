namespace Earmark.Tests.FirmwareProtocols.Wire;

/// <summary>Makes checksums of mutated frames right again, so that what lies behind them is tested too.</summary>
internal static class Mending
{
    public static void Mend(string protocol, byte[] bytes)
    {
        switch (protocol)
        {
            case "jt808": Jt808(bytes); break;
            default: break;
        }
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
