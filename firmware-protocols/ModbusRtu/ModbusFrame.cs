namespace Earmark.FirmwareProtocols.ModbusRtu;

public enum ModbusKind : byte
{
    /// <summary>Read these registers: functions 3 and 4.</summary>
    Question = 1,

    /// <summary>Their values.</summary>
    Answer,

    /// <summary>The transmitter could not.</summary>
    Exception,
}

/// <summary>One frame of an RS-485 load-cell transmitter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Address">Of the transmitter, 1–247.</param>
/// <param name="Function">3 holding or 4 input registers.</param>
/// <param name="First">First register asked for; of an exception its code.</param>
/// <param name="Count">Registers asked for.</param>
/// <param name="Registers">The values answered.</param>
public sealed record ModbusFrame(ModbusKind Kind, byte Address, byte Function, ushort First, ushort Count, IReadOnlyList<ushort> Registers)
{
    /// <summary>
    /// A weight of one register (16 bits) or two (32 bits), two's complement, with the decimals the transmitter was set to; null for any other number of
    /// registers. Word order and decimals are settings: the bytes don't hold them.
    /// </summary>
    public decimal? Value(int decimals, bool lowWordFirst) => Registers.Count switch
    {
        1 => Scaled((short)Registers[0], decimals),
        2 => Scaled(lowWordFirst ? Joined(Registers[1], Registers[0]) : Joined(Registers[0], Registers[1]), decimals),
        _ => null,
    };

    private static int Joined(ushort high, ushort low) => unchecked((int)(((uint)high << 16) | low));

    private static decimal Scaled(int value, int decimals) => Weighing.ScaleNumber.Of(Math.Abs((long)value), value < 0, decimals);
}
