using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>The platform's time, UTC. 0x8004 (2019) as six BCD bytes; 0x8109 (exported terminals) as year u16 and five bytes.</summary>
public sealed record Jt808Time(DateTimeOffset Now) : Jt808Body
{
    private const int VendorLength = 7;

    internal static Jt808Time? Read(in Jt808Header header, ReadOnlySpan<byte> body, ref Refusal refusal)
    {
        bool vendor = header.Id == Jt808Ids.VendorTimeReply;
        refusal = new Refusal(Jt808Reasons.BadBody, 0);
        if (body.Length != (vendor ? VendorLength : Bcd.TimeLength))
        {
            return null;
        }
        refusal = new Refusal(WireReasons.BadTime, 0);
        if (!vendor)
        {
            return Bcd.TryReadTime(body, TimeSpan.Zero, out DateTimeOffset? time) && time is { } now ? new Jt808Time(now) : null;
        }
        int year = BinaryPrimitives.ReadUInt16BigEndian(body);
        bool good = year is >= 2000 and <= 2099 && body[2] is >= 1 and <= 12 && body[3] >= 1 && body[3] <= DateTime.DaysInMonth(year, body[2])
            && body[4] < 24 && body[5] < 60 && body[6] < 60;
        return good ? new Jt808Time(new DateTimeOffset(year, body[2], body[3], body[4], body[5], body[6], TimeSpan.Zero)) : null;
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        if (header.Id != Jt808Ids.VendorTimeReply)
        {
            Bcd.WriteTime(Now, TimeSpan.Zero, output.GetSpan(Bcd.TimeLength));
            output.Advance(Bcd.TimeLength);
            return;
        }
        DateTime utc = Now.UtcDateTime;
        output.WriteUInt16((ushort)utc.Year);
        output.Write([(byte)utc.Month, (byte)utc.Day, (byte)utc.Hour, (byte)utc.Minute, (byte)utc.Second]);
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header) => json.WriteTimeOrNull("time", Now);
}
