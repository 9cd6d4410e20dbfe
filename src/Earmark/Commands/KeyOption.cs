using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.Host.Commands;

internal static class KeyOption
{
    /// <summary>False, with the reason on standard error, for a key that is missing though required, not hex, or of the wrong length.</summary>
    public static bool TryRead(string? hex, bool required, out FrameKey? key)
    {
        key = null;
        if (hex is null)
        {
            return !required || Refuse("A frame key is needed: --key HEX.");
        }

        if (!Hex.TryParse(hex, out var bytes, out var reason))
        {
            return Refuse($"--key: {reason}");
        }

        if (bytes.Length != FrameKey.Length)
        {
            return Refuse($"--key has {bytes.Length} bytes; a frame key has {FrameKey.Length}.");
        }

        key = new FrameKey(bytes);
        return true;
    }

    private static bool Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return false;
    }
}
