using System.Buffers;
using System.Diagnostics;
using Earmark.Bench.Report;
using Earmark.FirmwareProtocols.Jt808;

namespace Earmark.Bench.Measured;

/// <summary>What it costs to read one JT/T 808 location with its items, from the escaped frame on, and what that allocates.</summary>
internal static class Decoding
{
    private const double GoalMicroseconds = 0.3;
    private const int Passes = 5;
    private const int Locations = 1_000_000;
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static Task<IReadOnlyList<Row>> MeasureAsync()
    {
        var frame = Frame();
        Read(frame, Locations / 10);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var best = double.MaxValue;
        for (var pass = 0; pass < Passes; pass++)
        {
            var started = Stopwatch.GetTimestamp();
            if (Read(frame, Locations) != Locations)
            {
                throw new InvalidOperationException("A location was refused.");
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds / Locations);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var load = $"one thread, frame of {frame.Length} bytes with 5 items, best of {Passes} × {Locations:N0}, load average {Machine.LoadAverage}";
        return Task.FromResult<IReadOnlyList<Row>>(
        [
            new("µs per JT/T 808 location: unescape, checksum, header, position, time, items", load, best, GoalMicroseconds),
            new("· bytes allocated each", Row.SameRun, allocated / (double)(Passes * Locations), 0),
        ]);
    }

    private static int Read(byte[] frame, int times)
    {
        var read = 0;
        Span<byte> scratch = stackalloc byte[Jt808Frame.MaxUnescaped];
        for (var i = 0; i < times; i++)
        {
            if (!Jt808Frame.TryRead(frame, false, scratch, out _, out var body, out _, out _) || !Jt808LocationCodec.TryRead(body, China, out var location, out _))
            {
                continue;
            }

            var items = new Jt808Items(body[Jt808LocationCodec.BasicLength..]);
            var seen = 0;
            while (items.MoveNext())
            {
                seen++;
            }

            read += location.IsLocated && seen == 5 ? 1 : 0;
        }

        return read;
    }

    private static byte[] Frame()
    {
        byte[] items = [1, 4, 0, 1, 0xE2, 0x40, 2, 2, 1, 0xF4, 3, 2, 2, 0xD3, 0x30, 1, 24, 0x31, 1, 11];
        var body = new byte[Jt808LocationCodec.BasicLength + items.Length];
        var at = new DateTimeOffset(2025, 11, 1, 0, 30, 15, TimeSpan.Zero);
        Jt808LocationCodec.Write(new Jt808Location(0, 3, 43_560_000, 116_123_456, 1050, 723, 90, at), China, body);
        items.CopyTo(body, Jt808LocationCodec.BasicLength);
        var output = new ArrayBufferWriter<byte>();
        Jt808Frame.Write(Jt808Header.Of(Jt808Ids.Location, "13912345678", 1, is2019: false), body, output);
        return output.WrittenSpan.ToArray();
    }
}
