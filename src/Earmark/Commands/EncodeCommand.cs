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
            var bytes = Convert.FromHexString(parsed.GetValue(key)!);
            var refused = false;
            await foreach (var item in Items.ReadAsync(parsed.GetValue(json)!, cancel))
            {
                if (!NativeEncoder.TryEncode(item, bytes, parsed.GetValue(keyId), out var frame, out var reason))
                {
                    refused = true;
                    await Console.Error.WriteLineAsync(reason);
                }
                else if (parsed.GetValue(output) is { } path)
                {
                    await File.WriteAllBytesAsync(path, frame, cancel);
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
}
