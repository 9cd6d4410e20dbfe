using System.Text;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Decoding;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.Host.Commands;

/// <summary>Decodes items one by one, or a stream: one line of JSON each on standard output.</summary>
internal sealed class DecodingItems(string name, ProtocolSettings settings, FrameKey? key)
{
    public const string Native = "native";
    private const int ChunkBytes = 4096;
    private readonly Protocol? _protocol = Protocols.TryGet(name, out var protocol) ? protocol : null;

    public async Task<int> EachAsync(string? hex, string? text, CancellationToken cancel)
    {
        var refused = false;
        await foreach (var item in Items.ReadAsync(hex ?? text!, cancel))
        {
            var line = !TryBytes(item, hex is not null, out var bytes, out var reason) ? NotHex(reason) : Decode(bytes);
            refused |= line.StartsWith("{\"ok\":false", StringComparison.Ordinal);
            await Console.Out.WriteLineAsync(line);
        }

        return refused ? 1 : 0;
    }

    /// <summary>Good frames only: what lies between them is noise, and told on standard error with what was refused.</summary>
    public async Task<int> StreamAsync(string? hex, string? text, CancellationToken cancel)
    {
        var framer = new Framer(_protocol?.Finder(settings) ?? NativeFinder.Instance);
        var (refused, refusedBytes) = (0, 0L);
        await foreach (var chunk in ChunksAsync(hex, text, cancel))
        {
            for (var at = 0; at < chunk.Length;)
            {
                at += framer.Push(chunk.AsSpan(at));
                Print();
            }
        }

        framer.End();
        Print();
        await Console.Error.WriteLineAsync($"{framer.Frames - refused} frames, {refused} refused, {framer.DroppedBytes + refusedBytes} bytes belonged to no frame.");
        return 0;

        void Print()
        {
            while (framer.TryRead(out var frame))
            {
                var line = Decode(frame);
                if (line.StartsWith("{\"ok\":true", StringComparison.Ordinal))
                {
                    Console.Out.WriteLine(line);
                }
                else
                {
                    refused++;
                    refusedBytes += frame.Length;
                }
            }
        }
    }

    private async IAsyncEnumerable<byte[]> ChunksAsync(string? hex, string? text, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        if (text == "-")
        {
            await using var input = Console.OpenStandardInput();
            var buffer = new byte[ChunkBytes];
            for (int read; (read = await input.ReadAsync(buffer, cancel)) > 0;)
            {
                yield return buffer[..read];
            }

            yield break;
        }

        await foreach (var item in Items.ReadAsync(hex ?? text!, cancel))
        {
            foreach (var piece in hex is null ? [item] : item.Where(char.IsAsciiLetterOrDigit).Chunk(Hex.MaxBytes).Select(digits => new string(digits)))
            {
                if (TryBytes(piece, hex is not null, out var bytes, out var reason))
                {
                    yield return bytes;
                }
                else
                {
                    await Console.Error.WriteLineAsync(reason);
                }
            }
        }
    }

    private string Decode(ReadOnlySpan<byte> bytes) => _protocol is null ? NativeDecoder.Decode(bytes, key) : _protocol.Decode(bytes, settings);

    private static bool TryBytes(string item, bool isHex, out byte[] bytes, out string reason)
    {
        reason = "";
        bytes = isHex ? [] : Encoding.UTF8.GetBytes(item);
        return !isHex || Hex.TryParse(item, out bytes, out reason);
    }

    private static string NotHex(string reason) => System.Text.Json.JsonSerializer.Serialize(new { ok = false, reason, offset = 0 });
}
