using System.Buffers.Binary;
using System.Security.Cryptography;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Envelope;

public sealed class EnvelopeTests
{
    private static readonly byte[] Payload = [1, 2, 3, 4, 5];

    [Fact]
    public void What_was_written_is_read_back()
    {
        EnvelopeHeader header = Keys.Header() with { Flags = FrameFlags.Backlog | FrameFlags.Tamper, KeyId = 9 };
        byte[] frame = Keys.Frame(header, Payload);

        Assert.True(EnvelopeCodec.TryRead(frame, out EnvelopeHeader read, out Refusal refusal), refusal.ToString());
        Assert.Equal(header, read);
        Assert.Equal(Payload, EnvelopeCodec.Payload(frame));
        Assert.True(Keys.One.Verifies(frame));
    }

    [Fact]
    public void Every_shorter_frame_is_truncated_where_it_ends()
    {
        byte[] frame = Keys.Frame(Keys.Header(), Payload);
        for (int length = 0; length < frame.Length; length++)
        {
            Assert.Equal(new Refusal("truncated", length), Refused(frame.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Every_changed_byte_is_refused_or_breaks_the_MAC()
    {
        byte[] good = Keys.Frame(Keys.Header(), Payload);
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x40;
            Assert.False(EnvelopeCodec.TryRead(bad, out _, out _) && Keys.One.Verifies(bad), $"byte {at}");
        }
    }

    [Theory]
    [InlineData(0, 'X', "bad-magic", 0)]
    [InlineData(1, 'X', "bad-magic", 0)]
    [InlineData(2, 2, "unknown-version", 2)]
    [InlineData(3, 0, "unknown-kind", 3)]
    [InlineData(3, 6, "unknown-kind", 3)]
    [InlineData(3, 1, "bad-device-id", 8)]
    [InlineData(4, 8, "bad-flags", 4)]
    [InlineData(6, 4, "bad-length", 6)]
    [InlineData(6, 6, "truncated", 63)]
    [InlineData(7, 0xFF, "bad-length", 6)]
    [InlineData(8, 'B', "bad-device-id", 8)]
    [InlineData(8, 0, "bad-device-id", 8)]
    [InlineData(20, 'a', "bad-device-id", 8)]
    [InlineData(24, 0, "bad-boot", 24)]
    [InlineData(28, 0, "bad-sequence", 28)]
    [InlineData(39, 0x80, "bad-time", 32)]
    [InlineData(38, 1, "bad-time", 32)]
    public void A_wrong_field_is_named_with_its_offset(int at, byte value, string reason, int offset)
    {
        byte[] frame = Keys.Frame(Keys.Header(), Payload);
        frame[at] = value;
        Assert.Equal(new Refusal(reason, offset), Refused(Keys.Resealed(frame)));
    }

    [Fact]
    public void A_wrong_CRC_is_told_from_a_wrong_MAC()
    {
        byte[] frame = Keys.Frame(Keys.Header(), Payload);
        frame[41] ^= 1;
        Assert.Equal(new Refusal("bad-crc", 45), Refused(frame));

        byte[] forged = Keys.Frame(Keys.Header(), Payload);
        forged[^1] ^= 1;
        Assert.True(EnvelopeCodec.TryRead(forged, out _, out _));
        Assert.False(Keys.One.Verifies(forged));
        Assert.False(Keys.One.Verifies(forged.AsSpan(0, 10)));
    }

    [Fact]
    public void The_largest_frame_is_4096_bytes_and_one_more_is_oversize()
    {
        byte[] largest = Keys.Frame(Keys.Header(), new byte[EnvelopeCodec.MaxPayloadLength]);
        Assert.Equal(4096, largest.Length);
        Assert.True(EnvelopeCodec.TryRead(largest, out _, out _));

        byte[] larger = new byte[4097];
        largest.CopyTo(larger, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(larger.AsSpan(6), EnvelopeCodec.MaxPayloadLength + 1);
        Assert.Equal(new Refusal("oversize", 4096), Refused(Keys.Resealed(larger)));
        Assert.Throws<ArgumentException>(() => Keys.Frame(Keys.Header(), new byte[EnvelopeCodec.MaxPayloadLength + 1]));
    }

    [Fact]
    public void The_MAC_is_the_first_half_of_HMAC_SHA256_over_all_before_it()
    {
        byte[] frame = Keys.Frame(Keys.Header(), Payload);
        Assert.Equal(HMACSHA256.HashData(Keys.Bytes, frame.AsSpan(0, frame.Length - 16)).AsSpan(0, 16), frame.AsSpan(frame.Length - 16));
    }

    [Fact]
    public void The_CRC_gives_its_published_check_value_and_agrees_with_bit_by_bit_division()
    {
        Assert.Equal(0x29B1, Crc16.Compute("123456789"u8));
        Random random = new(7);
        for (int length = 0; length < 70; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.Equal(BitByBit(bytes), Crc16.Compute(bytes));
        }
    }

    [Fact]
    public void One_key_serves_many_threads()
    {
        byte[] frame = Keys.Frame(Keys.Header(), Payload);
        int failed = 0;
        Parallel.For(0, 4, _ =>
        {
            for (int i = 0; i < 2000; i++)
            {
                if (!Keys.One.Verifies(frame))
                {
                    Interlocked.Increment(ref failed);
                }
            }
        });
        Assert.Equal(0, failed);
    }

    private static Refusal Refused(ReadOnlySpan<byte> frame)
    {
        Assert.False(EnvelopeCodec.TryRead(frame, out EnvelopeHeader header, out Refusal refusal));
        Assert.Equal(default, header);
        return refusal;
    }

    private static int BitByBit(byte[] bytes)
    {
        int crc = 0xFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ 0x1021) & 0xFFFF : crc << 1;
            }
        }
        return crc;
    }
}
