namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>Message ids. From the terminal below 0x8000, from the platform above.</summary>
public static class Jt808Ids
{
    public const ushort TerminalReply = 0x0001;
    public const ushort Heartbeat = 0x0002;
    public const ushort Logout = 0x0003;
    public const ushort TimeRequest = 0x0004;
    public const ushort TerminalMissingParts = 0x0005;
    public const ushort Registration = 0x0100;
    public const ushort Authentication = 0x0102;
    public const ushort VendorTimeRequest = 0x0109;
    public const ushort Location = 0x0200;
    public const ushort LocationReply = 0x0201;
    public const ushort LocationBatch = 0x0704;
    public const ushort PassThroughUp = 0x0900;
    public const ushort PlatformReply = 0x8001;
    public const ushort MissingParts = 0x8003;
    public const ushort TimeReply = 0x8004;
    public const ushort RegistrationReply = 0x8100;
    public const ushort SetParameters = 0x8103;
    public const ushort Control = 0x8105;
    public const ushort VendorTimeReply = 0x8109;
    public const ushort AskLocation = 0x8201;
    public const ushort Text = 0x8300;
    public const ushort PassThroughDown = 0x8900;

    /// <summary>As in a decoded line; <c>message-0x0801</c> for one that is kept as bytes.</summary>
    public static string Name(ushort id) => id switch
    {
        TerminalReply => "terminal-reply",
        Heartbeat => "heartbeat",
        Logout => "logout",
        TimeRequest or VendorTimeRequest => "time-request",
        TerminalMissingParts or MissingParts => "missing-parts",
        Registration => "registration",
        Authentication => "authentication",
        Location => "location",
        LocationReply => "location-reply",
        LocationBatch => "location-batch",
        PassThroughUp => "pass-through-up",
        PlatformReply => "platform-reply",
        TimeReply or VendorTimeReply => "time-reply",
        RegistrationReply => "registration-reply",
        SetParameters => "set-parameters",
        Control => "control",
        AskLocation => "ask-location",
        Text => "text",
        PassThroughDown => "pass-through-down",
        _ => $"message-0x{id:x4}",
    };
}
