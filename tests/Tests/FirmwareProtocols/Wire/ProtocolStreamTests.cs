using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Wire;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Wire;

/// <summary>Every protocol's frames come out of a stream, whatever way it was cut and whatever lay between them.</summary>
public sealed class ProtocolStreamTests
{
    /// <summary>Noise that is none of the protocols' own bytes, and noise that starts like a frame.</summary>
    private static readonly byte[][] Noises = [[0xFF, 0x00, 0x9A, 0xC3], [0x80, 0x81, 0x0D, 0x0A], []];

    public static TheoryData<string> Names => [.. Protocols.All.Select(protocol => protocol.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Frames_joined_come_out_in_order(string name) => AssertFound(name, [], int.MaxValue);

    [Theory, MemberData(nameof(Names))]
    public void Frames_fed_byte_by_byte_come_out_in_order(string name) => AssertFound(name, [], 1);

    [Theory, MemberData(nameof(Names))]
    public void Frames_with_noise_in_front_come_out_in_order(string name) => Assert.All(Noises, noise => AssertFound(name, noise, 7));

    [Theory, MemberData(nameof(Names))]
    public void After_a_frame_cut_short_the_next_ones_come_out(string name)
    {
        ProtocolVector[] vectors = [.. Streamable(name).GroupBy(vector => vector.Settings).First()];
        byte[] first = OnTheWire(vectors[0]);
        byte[] stream = [.. first[..(first.Length / 2)], .. vectors.Skip(1).SelectMany(OnTheWire)];
        List<string> found = Found(vectors[0].Codec, vectors[0].Settings, stream, 3);
        // The cut one may take the next one's start with it, no more.
        string[] expected = [.. vectors.Skip(2).Select(vector => vector.Line!)];
        Assert.Equal(expected, found.TakeLast(expected.Length));
    }

    [Theory, MemberData(nameof(Names))]
    public void Noise_without_end_costs_no_memory_and_is_counted(string name)
    {
        ProtocolVector[] vectors = Streamable(name);
        Framer framer = new(vectors[0].Codec.Finder(vectors[0].Settings));
        byte[] noise = new byte[4096];
        Random random = new(5);
        long pushed = 0;
        long found = 0;
        long before = 0;
        for (int i = 0; i < 60; i++)
        {
            random.NextBytes(noise);
            before = i == 5 ? GC.GetAllocatedBytesForCurrentThread() : before;
            for (int at = 0; at < noise.Length;)
            {
                at += framer.Push(noise.AsSpan(at));
                while (framer.TryRead(out ReadOnlySpan<byte> frame))
                {
                    found += frame.Length;
                }
            }
            pushed += noise.Length;
        }
        Assert.InRange(framer.DroppedBytes + found, pushed / 2, pushed + found);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        AssertStillFinds(framer, vectors[0]);
    }

    private static void AssertStillFinds(Framer framer, ProtocolVector vector)
    {
        byte[] wire = [.. OnTheWire(vector), .. OnTheWire(vector), .. OnTheWire(vector)];
        List<string> lines = [];
        for (int at = 0; at < wire.Length;)
        {
            at += framer.Push(wire.AsSpan(at));
            while (framer.TryRead(out ReadOnlySpan<byte> frame))
            {
                lines.Add(vector.Codec.Decode(frame, vector.Settings));
            }
        }
        Assert.Contains(vector.Line, lines);
    }

    private static void AssertFound(string name, byte[] noise, int chunk)
    {
        foreach (IGrouping<ProtocolSettings, ProtocolVector> group in Streamable(name).Where(vector => noise.Length == 0 || MarksItsEnds(vector)).GroupBy(vector => vector.Settings))
        {
            byte[] stream = [.. group.SelectMany(vector => (byte[])[.. noise, .. OnTheWire(vector)])];
            Assert.Equal(group.Select(vector => vector.Line!), Found(group.First().Codec, group.Key, stream, chunk));
        }
    }

    internal static List<string> Found(Protocol codec, ProtocolSettings settings, byte[] stream, int chunk)
    {
        List<string> lines = [];
        Framer framer = new(codec.Finder(settings));
        foreach (byte[] part in stream.Chunk(Math.Min(chunk, stream.Length)))
        {
            for (int at = 0; at < part.Length;)
            {
                at += framer.Push(part.AsSpan(at));
                Read();
            }
        }
        framer.End();
        Read();
        return lines;

        void Read()
        {
            while (framer.TryRead(out ReadOnlySpan<byte> frame))
            {
                string line = codec.Decode(frame, settings);
                if (line.StartsWith("{\"ok\":true", StringComparison.Ordinal))
                {
                    lines.Add(line);
                }
            }
        }
    }

    private static ProtocolVector[] Streamable(string name) => [.. ProtocolVector.All.Where(vector => vector.Protocol == name && vector.Line is not null && !vector.Settings.Lenient && HasEnds(vector))];

    /// <summary>An EPC as bytes says nowhere where it begins; as text it is a line.</summary>
    private static bool HasEnds(ProtocolVector vector) => vector.Protocol != "epc" || vector.Item.All(value => char.IsAsciiHexDigit((char)value));

    /// <summary>Not so: a Toledo frame without a checksum looks like one whose checksum is noise, an Ohaus weight without its whole field like one that lost its sign, a reader's digits without a prefix like any digits.</summary>
    private static bool MarksItsEnds(ProtocolVector vector) => vector.Protocol switch
    {
        "toledo" => vector.Line!.Contains("checksum", StringComparison.Ordinal),
        "ohaus" => vector.Name != "trimmed",
        "reader-line" => vector.Item[0] == (byte)'L',
        _ => true,
    };

    /// <summary>A line without its end gets one.</summary>
    private static byte[] OnTheWire(ProtocolVector vector) =>
        vector.Codec.IsLines && !vector.Item.AsSpan().EndsWith("\r\n"u8) ? [.. vector.Item, 0x0D, 0x0A] : vector.Item;
}
