namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>What was overlooked in a frame because its terminal is set to lenient.</summary>
[Flags]
public enum Jt808Flaws : byte
{
    None = 0,
    Checksum = 1,
    Length = 2,
    Escape = 4,
    Phone = 8,
}
