using System.CommandLine;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Encoding;

namespace Earmark.Host.Commands;

/// <summary><c>earmark encode</c>: makes a signed frame from the JSON line that <c>decode</c> prints.</summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        var json = new Argument<string>("json") { Description = "The line; '-' or nothing reads one a line from standard input.", DefaultValueFactory = _ => "-" };
        var key = new Option<string>("--key") { Required = true, Description = "Frame key in hex (32 bytes)." };
        var keyId = new Option<byte>("--key-id") { DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out") { Description = "Writes the raw bytes to a file instead of hex to the screen; for one frame." };
        var command = new Command("encode", "Encodes and signs a native frame from JSON.") { json, key, keyId, output };
        command.SetAction(async (parsed, cancel) =>
        {
            if (!KeyOption.TryRead(parsed.GetValue(key), required: true, out var frameKey))
            {
                return 2;
            }

            frameKey!.Dispose();
            _ = Hex.TryParse(parsed.GetValue(key)!, out var bytes, out _);
            var refused = false;
            var written = false;
            await foreach (var item in Items.ReadAsync(parsed.GetValue(json)!, cancel))
            {
                if (!NativeEncoder.TryEncode(item, bytes, parsed.GetValue(keyId), out var frame, out var reason))
                {
                    refused = true;
                    await Console.Error.WriteLineAsync(reason);
                }
                else if (parsed.GetValue(output) is { } path)
                {
                    if (written || !await TryWriteAsync(path, frame, cancel))
                    {
                        await Console.Error.WriteLineAsync(written ? $"--out takes one frame; {path} holds the first." : $"--out {path} can't be written.");
                        return 2;
                    }

                    written = true;
                }
                else
                {
                    await Console.Out.WriteLineAsync(Hex.Format(frame));
                }
            }

            return refused ? 1 : 0;
        });
        return command;
    }

    private static async Task<bool> TryWriteAsync(string path, byte[] frame, CancellationToken cancel)
    {
        try
        {
            await File.WriteAllBytesAsync(path, frame, cancel);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
