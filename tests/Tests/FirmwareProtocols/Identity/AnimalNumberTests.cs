using CsCheck;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.EarMark;
using Earmark.FirmwareProtocols.FdxB;
using Earmark.FirmwareProtocols.Iso11784;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Identity;

public sealed class AnimalNumberTests
{
    private static readonly Gen<Iso11784Code> Codes = Gen.Select(Gen.Int[1, 999], Gen.ULong[0, Iso11784Code.MaxNational])
        .Select((country, national) => Iso11784Code.TryCreate(country, national, out Iso11784Code code) ? code : throw new InvalidOperationException());

    [Fact]
    public void One_code_is_the_same_value_in_all_its_notations() => Codes.Sample(code =>
    {
        foreach (Iso11784Notation notation in (Iso11784Notation[])[Iso11784Notation.Number, Iso11784Notation.Dotted, Iso11784Notation.Hex])
        {
            string text = new Iso11784Text(code, notation).ToString();
            Assert.True(Iso11784Text.TryRead(System.Text.Encoding.ASCII.GetBytes(text), out Iso11784Text? read, out Refusal refusal), $"{text}: {refusal}");
            Assert.Equal(code, read!.Code);
        }
        // A code whose reverse is a code too reads as itself; the reverse then as that other one.
        ulong reversed = Iso11784Code.Reversed(code.Bits);
        Assert.Equal(code.Bits, Iso11784Code.Reversed(reversed));
        bool both = ((reversed >> 49) & 0x3FFF) == 0 && Iso11784Code.TryCreate(reversed, out _);
        Assert.True(Iso11784Text.TryRead(System.Text.Encoding.ASCII.GetBytes(reversed.ToString("X16", System.Globalization.CultureInfo.InvariantCulture)), out Iso11784Text? turned, out _));
        Assert.Equal(both ? reversed : code.Bits, turned!.Code.Bits);
    }, iter: 5_000);

    [Fact]
    public void Any_frame_of_the_air_comes_back_the_same_and_no_two_flipped_bits_pass() =>
        Gen.Select(Codes, Gen.UInt[0, 0xFFFFFF], Gen.Int[0, 82], Gen.Int[0, 82]).Sample((code, trailer, first, second) =>
        {
            byte[] frame = new byte[FdxBFrame.Length];
            FdxBFrame sent = new(code, trailer);
            sent.Write(frame);
            Assert.True(FdxBFrame.TryRead(frame, out FdxBFrame? read, out Refusal refusal), refusal.ToString());
            Assert.Equal(sent, read);

            frame[(11 + first) / 8] ^= (byte)(0x80 >> ((11 + first) % 8));
            Assert.False(FdxBFrame.TryRead(frame, out _, out _));
            frame[(11 + second) / 8] ^= (byte)(0x80 >> ((11 + second) % 8));
            Assert.Equal(first == second, FdxBFrame.TryRead(frame, out _, out _));
        }, iter: 5_000);

    [Fact]
    public void The_CRC_is_KERMIT() => Assert.Equal(0x2189, FdxBFrame.Crc("123456789"u8));

    [Fact]
    public void The_bits_of_a_frame_may_come_as_text()
    {
        byte[] frame = Convert.FromHexString("00339a080402079f8040797788040201");
        string bits = string.Concat(frame.Select(value => Convert.ToString(value, 2).PadLeft(8, '0')));
        byte[] packed = new byte[FdxBFrame.Length];
        Assert.True(FdxBFrame.TryPack(System.Text.Encoding.ASCII.GetBytes(bits), packed));
        Assert.Equal(frame, packed);
        Assert.False(FdxBFrame.TryPack(System.Text.Encoding.ASCII.GetBytes(bits[1..]), packed));
    }

    [Fact]
    public void A_number_of_China_is_no_ear_mark() =>
        Gen.ULong[0, 999_999_999_999].Sample(national =>
        {
            Assert.False(EarMarkNumber.TryRead(System.Text.Encoding.ASCII.GetBytes($"156{national:000000000000}"), out _, out Refusal refusal));
            Assert.Equal(EarMarkReasons.BadCounty, refusal.Reason);
        }, iter: 500);
}
