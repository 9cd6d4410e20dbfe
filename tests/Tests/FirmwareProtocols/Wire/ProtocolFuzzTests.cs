using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Wire;

/// <summary>Seeded: a failure names the input, and the next run finds it again.</summary>
public sealed class ProtocolFuzzTests
{
    private const int Few = 20_000;
    private const int Million = 1_000_000;
    private const int MostBytesEach = 100_000;

    public static TheoryData<string> Names => [.. Protocols.All.Select(protocol => protocol.Name)];

    [Theory, MemberData(nameof(Names))]
    public void No_input_throws_and_what_is_read_is_written_and_read_the_same(string name) => Fuzz(name, Few);

    [Theory, MemberData(nameof(Names)), Trait("Length", "Long")]
    public void No_input_of_a_million_throws_and_what_is_read_is_written_and_read_the_same(string name) => Fuzz(name, Million);

    private static void Fuzz(string name, int inputs)
    {
        Assert.True(Protocols.TryGet(name, out Protocol? codec));
        ProtocolVector[] seeds = [.. ProtocolVector.All.Where(vector => vector.Protocol == name)];
        Random random = new(inputs + name.Length);
        ArrayBufferWriter<byte> written = new(4096);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        int good = 0;
        for (int i = 0; i < inputs; i++)
        {
            ProtocolVector seed = seeds[random.Next(seeds.Length)];
            byte[] input = Mutate(random, seed, seeds);
            string line = codec.Decode(input, seed.Settings);
            if (!line.StartsWith("{\"ok\":true", StringComparison.Ordinal))
            {
                Assert.InRange(Offset(line), 0, input.Length + 1);
                continue;
            }
            good++;
            written.ResetWrittenCount();
            Assert.True(codec.TryRewrite(input, seed.Settings, written));
            AssertSame(line, codec.Decode(written.WrittenSpan, seed.Settings), input);
        }
        Assert.True(good > 0, "No mutated input was good: nothing was tested.");
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - allocated) / inputs, 0, MostBytesEach);
    }

    // What a lenient reading overlooked is gone when written again; all else must be there.
    private static void AssertSame(string line, string again, byte[] input)
    {
        if (line == again)
        {
            return;
        }
        using JsonDocument first = JsonDocument.Parse(line);
        using JsonDocument second = JsonDocument.Parse(again);
        Assert.True(second.RootElement.GetProperty("ok").GetBoolean(), Convert.ToHexString(input) + again);
        string[] names = [.. first.RootElement.GetProperty("fields").EnumerateObject().Select(field => field.Name).Where(field => field is not ("overlooked" or "checked"))];
        Assert.All(names, field => Assert.Equal(
            first.RootElement.GetProperty("fields").GetProperty(field).GetRawText(), second.RootElement.GetProperty("fields").GetProperty(field).GetRawText()));
    }

    private static int Offset(string line)
    {
        using JsonDocument refusal = JsonDocument.Parse(line);
        Assert.NotEqual("", refusal.RootElement.GetProperty("reason").GetString());
        return refusal.RootElement.GetProperty("offset").GetInt32();
    }

    private static byte[] Mutate(Random random, ProtocolVector seed, ProtocolVector[] seeds)
    {
        if (random.Next(12) == 0)
        {
            byte[] noise = new byte[random.Next(120)];
            random.NextBytes(noise);
            return noise;
        }
        List<byte> bytes = [.. seed.Item];
        for (int changes = random.Next(4); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.Insert(at, (byte)random.Next(256)); break;
                case 3 when at < bytes.Count: bytes.RemoveRange(at, random.Next(1, Math.Min(4, bytes.Count - at) + 1)); break;
                default:
                    byte[] other = seeds[random.Next(seeds.Length)].Item;
                    int from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(6))]);
                    break;
            }
        }
        byte[] mutated = [.. bytes];
        if (random.Next(2) == 0)
        {
            Mending.Mend(seed.Protocol, mutated);
        }
        return mutated;
    }
}
