using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.BaseStation;

public sealed class BaseStationTests
{
    private const int At = 40;

    [Fact]
    public void A_round_of_200_observations_is_read_back_in_order()
    {
        TagObservation[] heard = Heard(200);
        byte[] payload = Payload(heard);

        Assert.True(BaseStationCodec.TryRead(payload, out InventoryRound round, out Refusal refusal), refusal.ToString());
        Assert.Equal(77u, round.RoundNumber);
        Assert.Equal(60, round.DurationSeconds);
        Assert.Equal(200, round.Count);
        List<TagObservation> read = [];
        foreach (TagObservation observation in round)
        {
            read.Add(observation);
        }
        Assert.Equal(heard, read);
    }

    [Fact]
    public void A_round_that_heard_nothing_is_still_a_round()
    {
        Assert.True(BaseStationCodec.TryRead(Payload([]), out InventoryRound round, out _));
        Assert.Equal(0, round.Count);
        Assert.False(round.GetEnumerator().MoveNext());
    }

    [Fact]
    public void An_observation_takes_16_bytes_and_a_full_round_fits_a_frame()
    {
        Assert.Equal(16, BaseStationCodec.ObservationLength);
        Assert.Equal(BaseStationCodec.MaxPayloadLength, Payload(Heard(200)).Length);
        Assert.Equal(3266, Keys.Frame(Keys.Header(), Payload(Heard(200))).Length);
        Assert.Throws<ArgumentException>(() => Payload(Heard(201)));
    }

    [Theory]
    [InlineData(4, new byte[] { 0, 0 }, "bad-payload-duration", 4)]
    [InlineData(4, new byte[] { 0xFF, 0xFF }, "bad-payload-duration", 4)]
    [InlineData(6, new byte[] { 201 }, "bad-payload-count", 6)]
    [InlineData(6, new byte[] { 1 }, "bad-payload-length", 0)]
    [InlineData(6, new byte[] { 3 }, "bad-payload-length", 0)]
    [InlineData(7, new byte[] { 1 }, "bad-payload-reserved", 7)]
    [InlineData(24, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, "bad-payload-tag", 24)]
    [InlineData(24, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x10 }, "bad-payload-tag", 24)]
    [InlineData(32, new byte[] { 1 }, "bad-payload-rssi", 32)]
    [InlineData(33, new byte[] { 0x08 }, "bad-payload-flags", 33)]
    [InlineData(33, new byte[] { 0x02 }, "bad-payload-temperature", 38)]
    [InlineData(38, new byte[] { 0x35, 0x21 }, "bad-payload-temperature", 38)]
    [InlineData(38, new byte[] { 0x5F, 0xF0 }, "bad-payload-temperature", 38)]
    public void One_value_outside_its_range_refuses_the_round(int at, byte[] bytes, string reason, int offset)
    {
        byte[] payload = Payload(Heard(2));
        bytes.CopyTo(payload, at);

        Assert.False(BaseStationCodec.TryRead(payload, out InventoryRound round, out Refusal refusal));
        Assert.Equal(new Refusal(reason, At + offset), refusal);
        Assert.Equal(0, round.Count);
    }

    [Fact]
    public void Reading_a_round_allocates_nothing_per_observation()
    {
        byte[] frame = Keys.Frame(Keys.Header(), Payload(Heard(200)));
        // A key of its own: waiting for another test's turn at a shared one would allocate.
        using FrameKey key = new(Keys.Bytes);
        long before = 0;
        ulong sum = 0;
        for (int i = 0; i < 1000; i++)
        {
            // The first turns load code; after them the count must stand still.
            before = i == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
            sum += Reading.Sum(frame, key);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0ul, sum);
    }

    internal static byte[] Payload(ReadOnlySpan<TagObservation> heard)
    {
        byte[] payload = new byte[BaseStationCodec.PayloadLength(heard.Length)];
        Assert.Equal(payload.Length, BaseStationCodec.Write(77, 60, heard, payload));
        return payload;
    }

    internal static TagObservation[] Heard(int count) => [.. Enumerable.Range(0, count).Select(i =>
        new TagObservation(Tag(156_000_000_000_001ul + (ulong)i), new TagReading(
            i % 7 == 0 ? null : (sbyte)(-30 - (i % 90)), (TagFlags)(i % 2), (byte)(i % 16), (ushort)(i * 3), (ushort)(i * 300),
            i % 5 == 0 ? null : (short)(3800 + i))))];

    internal static TagNumber Tag(ulong value) => TagNumber.TryCreate(value, out TagNumber tag) ? tag : throw new ArgumentException("not a tag", nameof(value));
}
