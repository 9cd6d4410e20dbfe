namespace Earmark.FirmwareProtocols;

/// <summary>Every reason a native frame can be refused for. Names never change their meaning; new ones may be added.</summary>
public static class RefusalReasons
{
    public const string Truncated = "truncated";
    public const string Oversize = "oversize";
    public const string BadMagic = "bad-magic";
    public const string UnknownVersion = "unknown-version";
    public const string UnknownKind = "unknown-kind";
    public const string BadFlags = "bad-flags";
    public const string BadLength = "bad-length";
    public const string BadCrc = "bad-crc";
    public const string BadMac = "bad-mac";
    public const string BadDeviceId = "bad-device-id";
    public const string BadBoot = "bad-boot";
    public const string BadSequence = "bad-sequence";
    public const string BadTime = "bad-time";
    public const string BadStatus = "bad-status";

    public const string PayloadLength = "bad-payload-length";
    public const string PayloadReserved = "bad-payload-reserved";
    public const string PayloadCount = "bad-payload-count";
    public const string PayloadFlags = "bad-payload-flags";

    public const string PayloadTag = "bad-payload-tag";
    public const string PayloadRssi = "bad-payload-rssi";
    public const string PayloadTemperature = "bad-payload-temperature";
    public const string PayloadDuration = "bad-payload-duration";

    public const string PayloadEventType = "bad-payload-event-type";
    public const string PayloadTimeOffset = "bad-payload-time-offset";
    public const string PayloadCode = "bad-payload-code";
    public const string PayloadPen = "bad-payload-pen";
    public const string PayloadWeight = "bad-payload-weight";

    public const string PayloadGross = "bad-payload-gross";
    public const string PayloadTare = "bad-payload-tare";
    public const string PayloadNet = "bad-payload-net";
    public const string PayloadExponent = "bad-payload-exponent";
    public const string PayloadUnit = "bad-payload-unit";
    public const string PayloadPurpose = "bad-payload-purpose";
    public const string PayloadReference = "bad-payload-reference";

    public const string PayloadPosition = "bad-payload-position";
    public const string PayloadSpeed = "bad-payload-speed";
    public const string PayloadHeading = "bad-payload-heading";
    public const string PayloadAccuracy = "bad-payload-accuracy";
    public const string PayloadFix = "bad-payload-fix";
    public const string PayloadSatellites = "bad-payload-satellites";
    public const string PayloadInputs = "bad-payload-inputs";
    public const string PayloadBattery = "bad-payload-battery";
}
