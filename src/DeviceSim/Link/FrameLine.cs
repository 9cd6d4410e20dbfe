using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.DeviceSim.Link;

/// <summary>One line of the logs of settled frames: <c>device boot sequence sha256hex</c>, and for a refused one its reason after that.</summary>
public static class FrameLine
{
    public static string Write(StoredFrame frame, ReadOnlySpan<byte> bytes, string? reason = null)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{frame.Device} {frame.Identity.Boot} {frame.Identity.Sequence} {Convert.ToHexStringLower(SHA256.HashData(bytes))}");
        return reason is null ? line : $"{line} {reason.ReplaceLineEndings(" ")}";
    }

    public static bool TryRead(string line, out DeviceName device, out FrameIdentity identity, [NotNullWhen(true)] out string? sha256Hex)
    {
        device = default;
        identity = default;
        sha256Hex = null;
        string[] parts = line.Split(' ', 5);
        if (parts.Length < 4 || !DeviceName.TryParse(parts[0], out device)
            || !uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out uint boot)
            || !uint.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint sequence)
            || parts[3].Length != 64)
        {
            return false;
        }

        identity = new FrameIdentity(boot, sequence);
        sha256Hex = parts[3];
        return true;
    }
}
