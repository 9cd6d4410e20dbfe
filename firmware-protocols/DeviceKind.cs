namespace Earmark.FirmwareProtocols;

/// <summary>The five kinds of hardware. The number is the kind byte of the envelope; the name is the one used in topics, CLI and API.</summary>
public enum DeviceKind : byte
{
    /// <summary>An ear tag that speaks for itself (cellular, or through a handheld reader). Its device id is its 15-digit tag number.</summary>
    EarTag = 1,
    BaseStation = 2,
    TmrFeeder = 3,
    WarehouseScale = 4,
    GpsNode = 5,
}
