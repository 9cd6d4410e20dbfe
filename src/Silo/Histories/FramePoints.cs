using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Storage.History;
using Earmark.Storage.Journal;

namespace Earmark.Silo.Histories;

/// <summary>
/// What one journaled frame says, as points: ear-tag readings into the quarters, everything else as it came. Times are the
/// device's where it can be believed (its clock is set, and not ahead of the entry), else the entry's. A frame that can't be
/// read gives nothing: the site has quarantined it.
/// </summary>
internal static class FramePoints
{
    public static void Read(JournalEntry entry, Quarters quarters, List<HistoryPoint> points)
    {
        ReadOnlySpan<byte> frame = entry.Body;
        if (entry.Kind != EntryKind.Frame || !EnvelopeCodec.TryRead(frame, out var header, out _))
        {
            return;
        }

        var payload = EnvelopeCodec.Payload(frame);
        var at = TimeOf(header, entry);
        switch (header.Kind)
        {
            case DeviceKind.BaseStation when BaseStationCodec.TryRead(payload, out var round, out _):
                foreach (var observation in round)
                {
                    quarters.Add(observation.Tag, at, observation.Reading);
                }

                break;
            case DeviceKind.EarTag when EarTagCodec.TryRead(payload, out var reading, out _) && TagNumber.TryFrom(header.Device, out var tag):
                quarters.Add(tag, at, reading);
                break;
            case DeviceKind.TmrFeeder when TmrFeederCodec.TryRead(payload, out var events, out _):
                Feed(header.Device.ToString(), at, events, points);
                break;
            case DeviceKind.WarehouseScale when WarehouseScaleCodec.TryRead(payload, out var weighing, out _):
                Scale(header.Device.ToString(), at, weighing, points);
                break;
            case DeviceKind.GpsNode when GpsNodeCodec.TryRead(payload, out var report, out _):
                Position(header.Device.ToString(), at, report, points);
                break;
        }
    }

    private static long TimeOf(in EnvelopeHeader header, JournalEntry entry)
    {
        var entryAt = entry.At.ToUnixTimeMilliseconds();
        return (header.Flags & FrameFlags.ClockUnsynchronised) != 0 ? entryAt : Math.Min(header.TimeUnixMilliseconds, entryAt);
    }

    // Events of one frame may end in the same second: the place in the frame keeps their times apart.
    private static void Feed(string feeder, long at, FeedEvents events, List<HistoryPoint> points)
    {
        for (var place = 0; place < events.Count; place++)
        {
            var happened = events[place];
            points.Add(Point(
                HistorySeries.Feed, feeder, at + (happened.TimeOffsetSeconds * 1000L) + place, happened.WeightGrams / 1000.0, (double)happened.Type));
        }
    }

    private static void Scale(string scale, long at, in ScaleReading weighing, List<HistoryPoint> points)
    {
        if (weighing.HasWeight)
        {
            points.Add(Point(
                HistorySeries.Scale, scale, at, (double)weighing.NetGrams!.Value / 1000, (double)weighing.GrossGrams!.Value / 1000, weighing.IsStable ? 1 : 0));
        }
    }

    private static void Position(string node, long at, in GpsReading report, List<HistoryPoint> points)
    {
        if (report.Position is { } position)
        {
            points.Add(Point(
                HistorySeries.Position,
                node,
                at,
                position.LatitudeE7 / 1e7,
                position.LongitudeE7 / 1e7,
                position.SpeedDecikilometresPerHour / 10.0 ?? double.NaN,
                position.AccuracyDecimetres / 10.0 ?? double.NaN));
        }
    }

    private static HistoryPoint Point(string series, string subject, long at, params double[] values) =>
        new(series, subject, DateTimeOffset.FromUnixTimeMilliseconds(at), values);
}
