using System.CommandLine;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.Host.Commands;

/// <summary><c>earmark decode</c>: one JSON line an item; exit code 1 when any was refused, 2 when the call itself is wrong.</summary>
internal static class DecodeCommand
{
    private const int WrongCall = 2;

    public static Command Create()
    {
        var protocol = new Option<string>("--protocol") { Description = $"{string.Join(", ", Names)}.", DefaultValueFactory = _ => DecodingItems.Native };
        var hex = new Option<string?>("--hex") { Description = "The frame in hex; '-' reads one a line from standard input." };
        var text = new Option<string?>("--text") { Description = "The line as text; '-' reads one a line from standard input." };
        var stream = new Option<bool>("--stream") { Description = "Takes the input as one stream of bytes and prints every good frame in it; what was dropped is told on standard error." };
        var key = new Option<string?>("--key") { Description = "Frame key in hex, native only; without it the MAC is reported unchecked." };
        var settings = new SettingsOptions();
        protocol.AcceptOnlyFromAmong([.. Names]);
        var command = new Command("decode", "Decodes a frame to JSON, or says exactly why not.") { protocol, hex, text, stream, key };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var (asHex, asText) = (parsed.GetValue(hex), parsed.GetValue(text));
            if (asHex is null == asText is null)
            {
                await Console.Error.WriteLineAsync("Give --hex or --text, one of them.");
                return WrongCall;
            }

            if (!settings.TryRead(parsed, out var set, out var wrong))
            {
                await Console.Error.WriteLineAsync(wrong);
                return WrongCall;
            }

            if (!KeyOption.TryRead(parsed.GetValue(key), required: false, out var frameKey))
            {
                return WrongCall;
            }

            using (frameKey)
            {
                var items = new DecodingItems(parsed.GetValue(protocol)!, set, frameKey);
                return await (parsed.GetValue(stream) ? items.StreamAsync(asHex, asText, cancel) : items.EachAsync(asHex, asText, cancel));
            }
        });
        return command;
    }

    private static IEnumerable<string> Names => Protocols.All.Select(protocol => protocol.Name).Prepend(DecodingItems.Native);
}
