using CsCheck;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.Decoding;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Encoding;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.FirmwareProtocols.WarehouseScale;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols;

public sealed class RoundTripTests
{
    [Fact]
    public void A_tags_own_reading_comes_back_the_same() =>
        Gen.Select(Frames.Header(DeviceKind.EarTag), Frames.Reading).Sample((header, reading) =>
        {
            byte[] payload = new byte[EarTagCodec.PayloadLength];
            EarTagCodec.Write(reading, payload);
            Assert.True(EarTagCodec.TryRead(payload, out TagReading read, out Refusal refusal), refusal.ToString());
            Assert.Equal(reading, read);
            AssertRoundTrip(header, payload);
        }, iter: 2_000);

    [Fact]
    public void A_stations_round_comes_back_the_same() =>
        Gen.Select(Frames.Header(DeviceKind.BaseStation), Gen.UInt, Gen.Int[1, 3600], Frames.Observations).Sample((header, number, duration, heard) =>
        {
            byte[] payload = new byte[BaseStationCodec.PayloadLength(heard.Length)];
            BaseStationCodec.Write(number, duration, heard, payload);
            Assert.True(BaseStationCodec.TryRead(payload, out InventoryRound round, out Refusal refusal), refusal.ToString());
            Assert.Equal((number, duration, heard.Length), (round.RoundNumber, round.DurationSeconds, round.Count));
            for (int i = 0; i < heard.Length; i++)
            {
                Assert.Equal(heard[i], round[i]);
            }
            AssertRoundTrip(header, payload);
        }, iter: 150);

    [Fact]
    public void A_feeders_events_come_back_the_same() =>
        Gen.Select(Frames.Header(DeviceKind.TmrFeeder), Frames.Events).Sample((header, events) =>
        {
            byte[] payload = new byte[TmrFeederCodec.PayloadLength(events.Length)];
            TmrFeederCodec.Write(events, payload);
            Assert.True(TmrFeederCodec.TryRead(payload, out FeedEvents read, out Refusal refusal), refusal.ToString());
            for (int i = 0; i < events.Length; i++)
            {
                Assert.Equal(events[i], read[i]);
            }
            AssertRoundTrip(header, payload);
        }, iter: 500);

    [Fact]
    public void A_scales_reading_comes_back_the_same() =>
        Gen.Select(Frames.Header(DeviceKind.WarehouseScale), Frames.Scale).Sample((header, reading) =>
        {
            byte[] payload = new byte[WarehouseScaleCodec.PayloadLength];
            WarehouseScaleCodec.Write(reading, payload);
            Assert.True(WarehouseScaleCodec.TryRead(payload, out ScaleReading read, out Refusal refusal), refusal.ToString());
            Assert.Equal(reading, read);
            AssertRoundTrip(header, payload);
        }, iter: 2_000);

    [Fact]
    public void A_GPS_nodes_report_comes_back_the_same() =>
        Gen.Select(Frames.Header(DeviceKind.GpsNode), Frames.Gps).Sample((header, reading) =>
        {
            byte[] payload = new byte[GpsNodeCodec.PayloadLength];
            GpsNodeCodec.Write(reading, payload);
            Assert.True(GpsNodeCodec.TryRead(payload, out GpsReading read, out Refusal refusal), refusal.ToString());
            Assert.Equal(reading, read);
            AssertRoundTrip(header, payload);
        }, iter: 2_000);

    private static void AssertRoundTrip(EnvelopeHeader header, byte[] payload)
    {
        byte[] frame = Keys.Frame(header, payload);
        Assert.True(NativeFrame.TryRead(frame, Keys.One, out EnvelopeHeader read, out Refusal refusal), refusal.ToString());
        Assert.Equal(header, read);
        string line = NativeDecoder.Decode(frame, Keys.One);
        Assert.True(NativeEncoder.TryEncode(line, Keys.Bytes, header.KeyId, out byte[] encoded, out string reason), $"{reason}: {line}");
        Assert.Equal(frame, encoded);
    }
}
