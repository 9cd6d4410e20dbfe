using System.Globalization;

namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>A message's header: 12 bytes in the editions of 2011 and 2013, 17 in that of 2019, 4 more when the message is one part of several.</summary>
/// <param name="Id">Message id.</param>
/// <param name="Attributes">As on the wire; the body length in it is ignored when writing.</param>
/// <param name="ProtocolVersion">2019 only, 1 for its first edition.</param>
/// <param name="PhoneBcd">The terminal's number as its BCD digits: 12 hex digits, 20 in 2019.</param>
/// <param name="Serial">The sender's serial; a reply names it.</param>
/// <param name="Parts">Of a message in parts, from 1; else 0.</param>
/// <param name="Part">Which part, from 1; else 0.</param>
public readonly record struct Jt808Header(
    ushort Id, ushort Attributes, byte ProtocolVersion, UInt128 PhoneBcd, ushort Serial, ushort Parts, ushort Part)
{
    public const int MaxBodyLength = 1023;
    internal const ushort LengthMask = 0x03FF;
    internal const ushort PartFlag = 0x2000;
    internal const ushort Flag2019 = 0x4000;

    public bool Is2019 => (Attributes & Flag2019) != 0;
    public bool IsPart => (Attributes & PartFlag) != 0;

    /// <summary>0 none, 1 RSA, the rest reserved.</summary>
    public int Encryption => (Attributes >> 10) & 7;

    public int BodyLength => Attributes & LengthMask;
    public int PhoneDigits => Is2019 ? 20 : 12;
    public int Length => (Is2019 ? 17 : 12) + (IsPart ? 4 : 0);

    /// <summary>The number without the zeros it was padded with; hex digits appear only where a terminal put something else there.</summary>
    public string Phone => PhoneBcd == 0 ? "0" : PhoneBcd.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>The header of a message to the same terminal in its own edition.</summary>
    public Jt808Header To(ushort id, ushort serial) => new(id, (ushort)(Attributes & Flag2019), ProtocolVersion, PhoneBcd, serial, 0, 0);

    /// <param name="phone">Up to 12 decimal digits, up to 20 in 2019.</param>
    /// <exception cref="ArgumentException">Not such a number.</exception>
    public static Jt808Header Of(ushort id, string phone, ushort serial, bool is2019)
    {
        ArgumentNullException.ThrowIfNull(phone);
        if (phone.Length is 0 || phone.Length > (is2019 ? 20 : 12) || !phone.All(char.IsAsciiDigit))
        {
            throw new ArgumentException($"'{phone}' is not a terminal's number.", nameof(phone));
        }
        UInt128 bcd = UInt128.Parse(phone, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new Jt808Header(id, is2019 ? Flag2019 : (ushort)0, is2019 ? (byte)1 : (byte)0, bcd, serial, 0, 0);
    }
}
