using System.Buffers;
using CsCheck;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Jt808;
using Earmark.FirmwareProtocols.Jt808.Messages;
using Earmark.FirmwareProtocols.Wire;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Jt808;

public sealed class Jt808FrameTests
{
    private static readonly Gen<Jt808Location> Locations = Gen.Select(
        Gen.UInt, Gen.UInt, Gen.UInt[0, Jt808Location.MaxLatitude], Gen.UInt[0, Jt808Location.MaxLongitude], Gen.UShort, Gen.UShort, Gen.UShort, Gen.UInt[0, 3_155_000_000])
        .Select((alarms, status, latitude, longitude, altitude, speed, direction, second) => new Jt808Location(
            alarms, status, latitude, longitude, altitude, speed, direction, new DateTimeOffset(2000, 1, 2, 0, 0, 0, TimeSpan.Zero).AddSeconds(second)));

    [Fact]
    public void Any_body_comes_back_the_same_from_its_frame() =>
        Gen.Select(Gen.UShort, Gen.Bool, Gen.ULong[0, 999_999_999_999], Gen.UShort, Gen.Byte.Array[0, Jt808Header.MaxBodyLength]).Sample((id, is2019, phone, serial, body) =>
        {
            Jt808Header header = Jt808Header.Of(id, phone.ToString(System.Globalization.CultureInfo.InvariantCulture), serial, is2019);
            ArrayBufferWriter<byte> output = new();
            Jt808Frame.Write(header, body, output);
            Assert.Equal(-1, output.WrittenSpan[1..^1].IndexOf((byte)0x7E));

            byte[] scratch = new byte[Jt808Frame.MaxUnescaped];
            Assert.True(Jt808Frame.TryRead(output.WrittenSpan, false, scratch, out Jt808Header read, out ReadOnlySpan<byte> again, out _, out Refusal refusal), refusal.ToString());
            Assert.Equal(header with { Attributes = read.Attributes }, read);
            Assert.Equal(body.Length, read.BodyLength);
            Assert.True(again.SequenceEqual(body));
        }, iter: 2_000);

    [Fact]
    public void Any_location_comes_back_the_same() => Gen.Select(Locations, Gen.Int[-14, 14]).Sample((location, hours) =>
    {
        byte[] body = new byte[Jt808LocationCodec.BasicLength];
        TimeSpan zone = TimeSpan.FromHours(hours);
        Jt808LocationCodec.Write(location, zone, body);
        Assert.True(Jt808LocationCodec.TryRead(body, zone, out Jt808Location read, out Refusal refusal), refusal.ToString());
        Assert.Equal(location, read);
    }, iter: 5_000);

    [Fact]
    public void Every_message_is_written_as_it_was_read_in_both_editions() => Assert.All<(ushort Id, Jt808Body Body)>(
        [
            (Jt808Ids.TerminalReply, new Jt808Reply(7, Jt808Ids.Text, Jt808Result.Unsupported)),
            (Jt808Ids.PlatformReply, new Jt808Reply(7, Jt808Ids.Location, Jt808Result.AlarmHandled)),
            (Jt808Ids.RegistrationReply, new Jt808RegistrationReply(1, Jt808RegistrationResult.Done, Jt808Text.Of("secret"))),
            (Jt808Ids.RegistrationReply, new Jt808RegistrationReply(1, Jt808RegistrationResult.VehicleUnknown, null)),
            (Jt808Ids.MissingParts, new Jt808MissingParts(65_535, [1, 2, 255])),
            (Jt808Ids.TimeReply, new Jt808Time(new DateTimeOffset(2025, 11, 1, 0, 30, 15, TimeSpan.Zero))),
            (Jt808Ids.VendorTimeReply, new Jt808Time(new DateTimeOffset(2025, 11, 1, 0, 30, 15, TimeSpan.Zero))),
            (Jt808Ids.SetParameters, Jt808Parameters.ReportEvery(30)),
            (Jt808Ids.Control, new Jt808Control(4, Jt808Text.Of(""))),
            (Jt808Ids.AskLocation, Jt808Empty.Instance),
        ],
        pair => Assert.All([false, true], is2019 =>
        {
            ArrayBufferWriter<byte> output = new();
            Jt808Codec.Write(Jt808Header.Of(pair.Id, "13912345678", 3, is2019), pair.Body, ProtocolSettings.Default, output);
            Assert.True(Jt808Codec.TryRead(output.WrittenSpan, ProtocolSettings.Default, out Jt808Message? read, out Refusal refusal), refusal.ToString());
            ArrayBufferWriter<byte> again = new();
            Jt808Codec.Write(read!.Header, read.Body, ProtocolSettings.Default, again);
            Assert.Equal(pair.Body.GetType(), read.Body.GetType());
            Assert.Equal(output.WrittenSpan.ToArray(), again.WrittenSpan.ToArray());
        }));

    [Fact]
    public void Two_frames_may_share_a_delimiter()
    {
        byte[] one = Written(Jt808Ids.Heartbeat, 1);
        byte[] two = Written(Jt808Ids.Heartbeat, 2);
        Assert.Equal([1, 2], Serials([.. one, .. two[1..]]));
        Assert.Equal([1, 2], Serials([0x7E, .. one, 0x7E, 0x7E, .. two, 0x7E]));
        Assert.Equal([1, 2], Serials([.. one, 0x11, 0x22, .. two]));
    }

    [Fact]
    public void An_escape_without_end_is_dropped_and_the_next_frame_found()
    {
        byte[] endless = [.. Enumerable.Repeat((byte)0x7D, 50_000)];
        Assert.Equal([9], Serials([0x7E, .. endless, .. Written(Jt808Ids.Heartbeat, 9)]));
    }

    [Fact]
    public void A_located_frame_is_read_without_allocating()
    {
        ArrayBufferWriter<byte> output = new();
        byte[] body = new byte[Jt808LocationCodec.BasicLength + 9];
        Jt808Location location = new(0, 3, 43_560_000, 116_123_456, 1050, 723, 90, new DateTimeOffset(2025, 11, 1, 0, 30, 15, TimeSpan.Zero));
        Jt808LocationCodec.Write(location, TimeSpan.FromHours(8), body);
        ((ReadOnlySpan<byte>)[1, 4, 0, 0, 0, 9, 0x31, 1, 7]).CopyTo(body.AsSpan(28));
        Jt808Frame.Write(Jt808Header.Of(Jt808Ids.Location, "13912345678", 1, false), body, output);
        byte[] frame = output.WrittenSpan.ToArray();
        long sum = Read(frame, 1_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sum += Read(frame, 1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2_000 * (43_560_000L + 2), sum);
    }

    private static long Read(byte[] frame, int times)
    {
        long sum = 0;
        Span<byte> scratch = stackalloc byte[Jt808Frame.MaxUnescaped];
        for (int i = 0; i < times; i++)
        {
            if (Jt808Frame.TryRead(frame, false, scratch, out _, out ReadOnlySpan<byte> body, out _, out _)
                && Jt808LocationCodec.TryRead(body, TimeSpan.FromHours(8), out Jt808Location location, out _))
            {
                sum += location.LatitudeE6 ?? 0;
                Jt808Items items = new(body[Jt808LocationCodec.BasicLength..]);
                while (items.MoveNext())
                {
                    sum++;
                }
            }
        }
        return sum;
    }

    private static byte[] Written(ushort id, ushort serial)
    {
        ArrayBufferWriter<byte> output = new();
        Jt808Frame.Write(Jt808Header.Of(id, "13912345678", serial, false), [], output);
        return output.WrittenSpan.ToArray();
    }

    private static List<int> Serials(byte[] stream)
    {
        List<int> serials = [];
        Framer framer = new(Jt808Finder.Instance);
        foreach (byte[] part in stream.Chunk(11))
        {
            for (int at = 0; at < part.Length;)
            {
                at += framer.Push(part.AsSpan(at));
                while (framer.TryRead(out ReadOnlySpan<byte> frame))
                {
                    if (Jt808Codec.TryRead(frame, ProtocolSettings.Default, out Jt808Message? message, out _))
                    {
                        serials.Add(message!.Header.Serial);
                    }
                }
            }
        }
        return serials;
    }
}
