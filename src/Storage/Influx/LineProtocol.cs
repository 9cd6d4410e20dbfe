using System.Buffers;
using System.Globalization;
using System.Text;
using Earmark.Storage.History;

namespace Earmark.Storage.Influx;

/// <summary>
/// Lines as InfluxDB takes them: <c>measurement,tag=value field=1.5,other=2i time</c>
/// (docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference). Points and watermarks are in milliseconds, refusals in
/// nanoseconds.
/// </summary>
internal sealed class LineProtocol
{
    /// <summary>The server's clock has 64 bits of nanoseconds; what lies outside is set to its ends (years 1677 and 2262).</summary>
    public const long FarthestMilliseconds = 9_223_372_036_000;

    private const int NanosecondsPerMillisecond = 1_000_000;
    private const ulong FnvOffset = 14_695_981_039_346_656_037;
    private const ulong FnvPrime = 1_099_511_628_211;
    private readonly ArrayBufferWriter<byte> _lines = new();

    public ReadOnlyMemory<byte> Lines => _lines.WrittenMemory;

    public static long Milliseconds(DateTimeOffset at) => Math.Clamp(at.ToUnixTimeMilliseconds(), -FarthestMilliseconds, FarthestMilliseconds);

    /// <summary>A number that is not finite is left out; the shape says so.</summary>
    public void Add(HistoryPoint point)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(point.Values.Length, HistoryLimits.ValuesPerPoint);
        var names = InfluxFields.Of(point.Series);
        Text($"{InfluxName.Code(point.Series)},subject={InfluxName.Code(point.Subject)} {InfluxFields.Shape}={InfluxFields.ShapeOf(point.Values)}i");
        for (var i = 0; i < point.Values.Length; i++)
        {
            if (double.IsFinite(point.Values[i]))
            {
                Text($",{names[i]}={point.Values[i]:R}");
            }
        }

        Text($" {Milliseconds(point.At)}\n");
    }

    public void AddWatermark(string tailer, long sequence) =>
        Text($"{InfluxMeasurements.Watermark},tailer={InfluxName.Code(tailer)} sequence={sequence}i 0\n");

    /// <summary>
    /// Refusals of a device in the same millisecond are told apart by what they say, spread over its nanoseconds, and within one write
    /// by <paramref name="taken"/>: the same write repeated changes nothing.
    /// </summary>
    public void Add(RefusalRow refusal, HashSet<(string? Device, long Time)> taken)
    {
        var bytes = Convert.ToHexStringLower(refusal.FirstBytes.AsSpan(0, Math.Min(refusal.FirstBytes.Length, HistoryLimits.FirstBytes)));
        var device = refusal.DeviceId is { } id ? $",device={InfluxName.Code(id)}" : "";
        var said = string.Create(
            CultureInfo.InvariantCulture,
            $"reason=\"{InfluxName.CodeText(refusal.Reason)}\",place={refusal.Offset}i,first_bytes=\"{bytes}\",count={refusal.Count}i");
        var start = Milliseconds(refusal.At) * NanosecondsPerMillisecond;
        var within = Spread(said);
        while (!taken.Add((refusal.DeviceId, start + within)))
        {
            within = (within + 1) % NanosecondsPerMillisecond;
        }

        Text($"{InfluxMeasurements.Refusal}{device} {said} {start + within}\n");
    }

    private static long Spread(string said)
    {
        var hash = FnvOffset;
        foreach (var c in said)
        {
            hash = (hash ^ c) * FnvPrime;
        }

        return (long)(hash % NanosecondsPerMillisecond);
    }

    private void Text(FormattableString text) => Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture), _lines);
}

internal static class InfluxMeasurements
{
    public const string Watermark = "watermark";
    public const string Refusal = "refusal";

    /// <summary>What <see cref="IHistory.ForgetAsync"/> deletes; days have a retention of their own.</summary>
    public static readonly string[] Forgotten =
        [HistorySeries.TagQuarter, HistorySeries.Scale, HistorySeries.Position, HistorySeries.Feed, HistorySeries.Facility, Refusal];
}
