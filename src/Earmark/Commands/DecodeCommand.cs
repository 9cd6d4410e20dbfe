using System.CommandLine;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Decoding;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.Host.Commands;

/// <summary><c>earmark decode</c>: one JSON line an item; exit code 1 when any was refused, 2 when the call itself is wrong.</summary>
internal static class DecodeCommand
{
    public static Command Create()
    {
        var protocol = new Option<string>("--protocol") { Description = "native.", DefaultValueFactory = _ => "native" };
        var hex = new Option<string>("--hex") { Required = true, Description = "The frame in hex; '-' reads one a line from standard input." };
        var key = new Option<string?>("--key") { Description = "Frame key in hex; without it the MAC is reported unchecked." };
        protocol.AcceptOnlyFromAmong("native");
        var command = new Command("decode", "Decodes a frame to JSON, or says exactly why not.") { protocol, hex, key };
        command.SetAction(async (parsed, cancel) =>
        {
            if (!KeyOption.TryRead(parsed.GetValue(key), required: false, out var frameKey))
            {
                return 2;
            }

            using (frameKey)
            {
                var refused = false;
                await foreach (var item in Items.ReadAsync(parsed.GetValue(hex)!, cancel))
                {
                    var line = Decode(item, frameKey);
                    refused |= line.StartsWith("{\"ok\":false", StringComparison.Ordinal);
                    await Console.Out.WriteLineAsync(line);
                }

                return refused ? 1 : 0;
            }
        });
        return command;
    }

    private static string Decode(string item, FrameKey? key) =>
        Hex.TryParse(item, out var frame, out var reason)
            ? NativeDecoder.Decode(frame, key)
            : System.Text.Json.JsonSerializer.Serialize(new { ok = false, reason, offset = 0 });
}
