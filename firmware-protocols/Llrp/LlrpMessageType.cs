namespace Earmark.FirmwareProtocols.Llrp;

/// <summary>Messages by their number. Source: LLRP 1.0.1 and 1.1, chapter 16.</summary>
public enum LlrpMessageType : ushort
{
    GetReaderCapabilities = 1,
    GetReaderConfig = 2,
    SetReaderConfig = 3,
    CloseConnectionResponse = 4,
    GetReaderCapabilitiesResponse = 11,
    GetReaderConfigResponse = 12,
    SetReaderConfigResponse = 13,
    CloseConnection = 14,
    AddRoSpec = 20,
    DeleteRoSpec = 21,
    StartRoSpec = 22,
    StopRoSpec = 23,
    EnableRoSpec = 24,
    DisableRoSpec = 25,
    GetRoSpecs = 26,
    AddRoSpecResponse = 30,
    DeleteRoSpecResponse = 31,
    StartRoSpecResponse = 32,
    StopRoSpecResponse = 33,
    EnableRoSpecResponse = 34,
    DisableRoSpecResponse = 35,
    GetRoSpecsResponse = 36,
    GetSupportedVersion = 46,
    SetProtocolVersion = 47,
    GetSupportedVersionResponse = 56,
    SetProtocolVersionResponse = 57,
    GetReport = 60,
    RoAccessReport = 61,
    Keepalive = 62,
    ReaderEventNotification = 63,
    EnableEventsAndReports = 64,
    KeepaliveAck = 72,
    ErrorMessage = 100,
}

/// <summary>Names as in the standard, and what stands before the parameters.</summary>
internal static class LlrpMessageTypes
{
    public static bool IsKnown(ushort type) => Enum.IsDefined((LlrpMessageType)type);

    /// <summary>Bytes of fixed fields before the parameters.</summary>
    public static int FixedLength(LlrpMessageType type) => type switch
    {
        LlrpMessageType.GetReaderCapabilities or LlrpMessageType.SetReaderConfig or LlrpMessageType.SetProtocolVersion => 1,
        LlrpMessageType.GetReaderConfig => 7,
        LlrpMessageType.DeleteRoSpec or LlrpMessageType.StartRoSpec or LlrpMessageType.StopRoSpec or LlrpMessageType.EnableRoSpec or LlrpMessageType.DisableRoSpec => 4,
        LlrpMessageType.GetSupportedVersionResponse => 2,
        _ => 0,
    };

    /// <summary>RoAccessReport is <c>ro-access-report</c>.</summary>
    public static string Name(LlrpMessageType type) =>
        string.Concat(type.ToString().Select((letter, index) => char.IsUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
