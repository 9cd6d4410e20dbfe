namespace Earmark.FirmwareProtocols.Wire;

/// <summary>Reasons of refusal that the public protocols share. Names never change their meaning; each <c>spec.md</c> says which it uses.</summary>
public static class WireReasons
{
    public const string Truncated = "truncated";
    public const string Oversize = "oversize";
    public const string BadStart = "bad-start";
    public const string BadEnd = "bad-end";
    public const string BadLength = "bad-length";
    public const string BadChecksum = "bad-checksum";
    public const string NoChecksum = "no-checksum";
    public const string BadCrc = "bad-crc";
    public const string BadFormat = "bad-format";
    public const string BadDigits = "bad-digits";
    public const string BadTime = "bad-time";
    public const string BadPosition = "bad-position";
    public const string UnknownUnit = "unknown-unit";
    public const string UnknownMessage = "unknown-message";
    public const string TrailingBytes = "trailing-bytes";
}
