using Earmark.FirmwareProtocols.EarTag;

namespace Earmark.FirmwareProtocols;

/// <summary>Names of the kinds, the same everywhere: <c>ear-tag, base-station, tmr-feeder, warehouse-scale, gps-node</c>.</summary>
public static class DeviceKinds
{
    private static readonly DeviceKind[] InOrder =
        [DeviceKind.EarTag, DeviceKind.BaseStation, DeviceKind.TmrFeeder, DeviceKind.WarehouseScale, DeviceKind.GpsNode];

    public static ReadOnlySpan<DeviceKind> All => InOrder;

    public static bool IsKnown(byte kind) => kind is >= (byte)DeviceKind.EarTag and <= (byte)DeviceKind.GpsNode;

    /// <exception cref="ArgumentOutOfRangeException">Not one of the five.</exception>
    public static string Name(DeviceKind kind) => kind switch
    {
        DeviceKind.EarTag => "ear-tag",
        DeviceKind.BaseStation => "base-station",
        DeviceKind.TmrFeeder => "tmr-feeder",
        DeviceKind.WarehouseScale => "warehouse-scale",
        DeviceKind.GpsNode => "gps-node",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a device kind."),
    };

    public static bool TryParse(ReadOnlySpan<char> name, out DeviceKind kind)
    {
        foreach (DeviceKind candidate in InOrder)
        {
            if (name.SequenceEqual(Name(candidate)))
            {
                kind = candidate;
                return true;
            }
        }
        kind = default;
        return false;
    }

    /// <summary>An ear tag's device id is its tag number; every other kind may have any device name.</summary>
    public static bool Accepts(DeviceKind kind, DeviceName device) =>
        !device.IsEmpty && (kind != DeviceKind.EarTag || TagNumber.TryFrom(device, out _));
}
