namespace Earmark.FirmwareProtocols.Topics;

/// <summary>The payload on a status topic: the text <c>online</c> or <c>offline</c>, nothing else. It is a hint, never evidence: it is not signed.</summary>
public static class StatusMessage
{
    public static ReadOnlySpan<byte> Online => "online"u8;

    /// <summary>Also the last will.</summary>
    public static ReadOnlySpan<byte> Offline => "offline"u8;

    public static bool TryRead(ReadOnlySpan<byte> payload, out bool online, out Refusal refusal)
    {
        online = payload.SequenceEqual(Online);
        bool good = online || payload.SequenceEqual(Offline);
        refusal = good ? default : new Refusal(RefusalReasons.BadStatus, 0);
        return good;
    }
}
