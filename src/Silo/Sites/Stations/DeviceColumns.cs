using System.Runtime.InteropServices;
using Earmark.FirmwareProtocols;
using Earmark.Silo.Sites.Frames;
using Earmark.Silo.Sites.Snapshots;

namespace Earmark.Silo.Sites.Stations;

/// <summary>Devices and what is remembered of their frames, as snapshot columns.</summary>
internal static class DeviceColumns
{
    public static void Write(ColumnWriter columns, DeviceList devices)
    {
        var ids = new List<string>();
        var rows = new List<DeviceRow>();
        var ranges = new List<RangeRow>();
        var rings = new List<RingRow>();
        foreach (var device in devices)
        {
            ids.Add(device.Id);
            rows.Add(DeviceRow.Of(device));
            foreach (var boot in device.Window.Received)
            {
                for (var at = 0; at < boot.Count; at++)
                {
                    ranges.Add(new RangeRow(device.Number, boot.Boot, boot[at].From, boot[at].To));
                }
            }

            for (var at = 0; at < device.Window.Ring.Count; at++)
            {
                var entry = device.Window.Ring[at];
                rings.Add(new RingRow(entry.Ordinal, entry.Hash, entry.Position, device.Number));
            }
        }

        columns.Json("devices.ids", ids, ids.Count);
        columns.Rows<DeviceRow>("devices.rows", CollectionsMarshal.AsSpan(rows));
        columns.Rows<RangeRow>("devices.received", CollectionsMarshal.AsSpan(ranges));
        columns.Rows<RingRow>("devices.frames", CollectionsMarshal.AsSpan(rings));
    }

    public static void Read(ColumnReader columns, DeviceList devices)
    {
        var rows = columns.Rows<DeviceRow>("devices.rows");
        foreach (var id in columns.Json<List<string>>("devices.ids"))
        {
            var row = rows[devices.Count];
            row.Restore(devices.Of(id, (DeviceKind)row.Kind));
        }

        SequenceRanges? boot = null;
        var owner = -1;
        foreach (var row in columns.Rows<RangeRow>("devices.received"))
        {
            if (boot is null || row.Device != owner || boot.Boot != row.Boot)
            {
                boot = devices[row.Device].Window.Restore(row.Boot);
                owner = row.Device;
            }

            boot.Restore(new SequenceRanges.Range(row.From, row.To));
        }

        foreach (var row in columns.Rows<RingRow>("devices.frames"))
        {
            devices[(int)row.Device].Window.Ring.Add(new FrameRing.Entry(row.Ordinal, row.Hash, row.Position));
        }
    }

    private readonly struct DeviceRow(SiteDevice device)
    {
        private readonly long _frames = device.Frames;
        private readonly long _marked = device.Marked;
        private readonly uint _lastHeard = device.LastHeard;
        private readonly uint _boundAt = device.BoundAt;
        private readonly uint _calibratedUntil = device.CalibratedUntil;
        private readonly ushort _zone = device.Zone;
        private readonly byte _kind = (byte)device.Kind;
        private readonly byte _flags = (byte)((device.Bound ? 1 : 0) | (device.ClockWrong ? 2 : 0) | (device.Tampered ? 4 : 0));

        public byte Kind => _kind;

        public static DeviceRow Of(SiteDevice device) => new(device);

        public void Restore(SiteDevice device)
        {
            device.Frames = _frames;
            device.Marked = _marked;
            device.LastHeard = _lastHeard;
            device.BoundAt = _boundAt;
            device.CalibratedUntil = _calibratedUntil;
            device.Zone = _zone;
            device.Bound = (_flags & 1) != 0;
            device.ClockWrong = (_flags & 2) != 0;
            device.Tampered = (_flags & 4) != 0;
        }
    }

    private readonly record struct RangeRow(int Device, uint Boot, uint From, uint To);

    private readonly record struct RingRow(ulong Ordinal, ulong Hash, long Position, long Device);
}
