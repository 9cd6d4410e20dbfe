using System.Buffers.Binary;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.Decoding;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Encoding;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.FirmwareProtocols.Topics;
using Earmark.FirmwareProtocols.WarehouseScale;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols;

/// <summary>Seeded: a failure names the input, and the next run finds it again.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 200_000;
    private const int KeptForRoundTrip = 300;

    [Theory]
    [InlineData("EarTag", 1)]
    [InlineData("BaseStation", 2)]
    [InlineData("TmrFeeder", 3)]
    [InlineData("WarehouseScale", 4)]
    [InlineData("GpsNode", 5)]
    [InlineData("Envelope", 6)]
    public void No_input_throws_or_allocates_and_what_is_accepted_survives_the_round_trip(string folder, int seed)
    {
        byte[][] seeds = [.. Vector.All.Where(vector => vector.Folder == folder).Select(vector => Convert.FromHexString(vector.Hex))];
        byte[] buffer = new byte[EnvelopeCodec.MaxFrameLength + 64];
        List<byte[]> kept = new(KeptForRoundTrip);
        Random random = new(seed);
        int accepted = 0;
        long allocated = 0;
        for (int i = 0; i < Inputs; i++)
        {
            int length = Mutate(random, seeds, buffer);
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool good = Read(buffer.AsSpan(0, length));
            // The first inputs load code and fill caches.
            allocated += i < 2_000 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
            accepted += good ? 1 : 0;
            if (good && kept.Count < KeptForRoundTrip)
            {
                kept.Add(buffer[..length]);
            }
        }
        Assert.Equal(0, allocated);
        Assert.InRange(accepted, Inputs / 50, Inputs - (Inputs / 50));
        Assert.All(kept, AssertRoundTrip);
    }

    [Fact]
    public void No_line_of_JSON_makes_the_encoder_throw_and_what_it_makes_is_accepted()
    {
        string[] lines = [.. Vector.All.Select(vector => vector.Line).OfType<string>().Where(line => line.Length < 2_000)];
        string[] pieces = ["null", "-1", "1e999", "\"\\ud800\"", "\ud800", "{", "}", "[", "]", ",", ":", "\"", "9999999999999999999999999999999", "0.00000000001", "true", "\"\"", "é", "\0"];
        Random random = new(11);
        int made = 0;
        for (int i = 0; i < 60_000; i++)
        {
            string line = lines[random.Next(lines.Length)];
            int at = random.Next(line.Length);
            int end = Math.Min(line.Length, at + random.Next(6));
            string mutated = line[..at] + (random.Next(3) == 0 ? ((char)random.Next(' ', 128)).ToString() : pieces[random.Next(pieces.Length)]) + line[end..];
            bool good = NativeEncoder.TryEncode(mutated, Keys.Bytes, 1, out byte[] frame, out string reason);
            Assert.True(good ? NativeFrame.TryRead(frame, Keys.One, out _, out _) : frame.Length == 0 && reason.Length > 0, mutated);
            made += good ? 1 : 0;
        }
        Assert.InRange(made, 100, 30_000);
    }

    [Fact]
    public void No_topic_or_status_throws_or_allocates()
    {
        Random random = new(12);
        byte[] seed = "earmark/v1/base-station/bs-01/up"u8.ToArray();
        byte[] topic = new byte[seed.Length];
        long before = 0;
        int parsed = 0;
        for (int i = 0; i < Inputs; i++)
        {
            seed.CopyTo(topic, 0);
            topic[random.Next(topic.Length)] = (byte)random.Next(256);
            before = i == 1_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            parsed += DeviceTopic.TryParse(topic.AsSpan(0, topic.Length - random.Next(2)), out _, out _, out _) ? 1 : 0;
            StatusMessage.TryRead(topic.AsSpan(random.Next(20)), out _, out _);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(parsed, 100, Inputs / 2);
    }

    private static int Mutate(Random random, byte[][] seeds, byte[] buffer)
    {
        if (random.Next(10) == 0)
        {
            int noise = random.Next(200);
            random.NextBytes(buffer.AsSpan(0, noise));
            return noise;
        }
        byte[] seed = seeds[random.Next(seeds.Length)];
        seed.CopyTo(buffer, 0);
        int length = seed.Length;
        for (int changes = random.Next(4); changes > 0 && length > 0; changes--)
        {
            int from = random.Next(4) == 0 ? 0 : Math.Min(EnvelopeCodec.HeaderLength, length - 1);
            buffer[random.Next(from, length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(random.Next(2) * 255);
        }
        if (random.Next(10) == 0)
        {
            length = random.Next(length + 8);
        }
        int crcAt = length - EnvelopeCodec.CrcLength - EnvelopeCodec.MacLength;
        if (crcAt > 0 && random.Next(8) != 0)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(crcAt), Crc16.Compute(buffer.AsSpan(0, crcAt)));
        }
        return length;
    }

    // Reads every field, as a site would, and feeds the payload to every codec, whatever its kind.
    private static bool Read(ReadOnlySpan<byte> frame)
    {
        bool good = NativeFrame.TryRead(frame, null, out _, out Refusal refusal);
        Require(good == refusal.IsNone);
        Require((uint)refusal.Offset <= frame.Length);
        ReadOnlySpan<byte> payload = frame.Length >= EnvelopeCodec.OverheadLength ? EnvelopeCodec.Payload(frame) : frame;
        if (BaseStationCodec.TryRead(payload, out InventoryRound round, out _))
        {
            foreach (TagObservation observation in round)
            {
                Require(TagNumber.IsValid(observation.Tag.Value));
            }
        }
        if (TmrFeederCodec.TryRead(payload, out FeedEvents events, out _))
        {
            foreach (FeedEvent happened in events)
            {
                Require(happened.WeightGrams > 0);
            }
        }
        EarTagCodec.TryRead(payload, out _, out _);
        GpsNodeCodec.TryRead(payload, out _, out _);
        if (WarehouseScaleCodec.TryRead(payload, out ScaleReading reading, out _))
        {
            Require(reading.HasWeight == reading.NetGrams.HasValue);
            Require(reading.HasWeight == reading.NetWholeGrams.HasValue);
        }
        return good;
    }

    // xunit's own asserts allocate, which would hide what is measured here.
    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("What was read contradicts itself.");
        }
    }

    private static void AssertRoundTrip(byte[] frame)
    {
        string line = NativeDecoder.Decode(frame, null);
        Assert.True(NativeEncoder.TryEncode(line, Keys.Bytes, frame[5], out byte[] encoded, out string reason), $"{reason}: {line}");
        Assert.Equal(frame.AsSpan(0, frame.Length - EnvelopeCodec.MacLength), encoded.AsSpan(0, encoded.Length - EnvelopeCodec.MacLength));
        Assert.Equal(line, NativeDecoder.Decode(encoded, null));
    }
}
