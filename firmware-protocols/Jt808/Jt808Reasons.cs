namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>Reasons only JT/T 808 has, beside those of <see cref="Wire.WireReasons"/>.</summary>
public static class Jt808Reasons
{
    public const string BadEscape = "bad-escape";
    public const string BadPhone = "bad-phone";
    public const string BadPart = "bad-part";
    public const string Encrypted = "encrypted";
    public const string BadBody = "bad-body";
}
