namespace Earmark.Storage.History;

/// <summary>
/// Series for charts, and refusals for the device page. Filled beside the way of a reading by tailing the journal: it may
/// lag or be away for hours. Writing the same point again changes nothing (key: series, subject, time).
/// Every call may end in a <see cref="HistoryAwayException"/>: whoever writes tries again later or counts the loss, whoever reads
/// shows that it is away.
/// </summary>
public interface IHistory
{
    Task WriteAsync(IReadOnlyList<HistoryPoint> points, CancellationToken cancel);

    /// <summary>Points of a subject between two times, oldest first, at most <paramref name="count"/> (the newest ones).</summary>
    Task<IReadOnlyList<HistoryPoint>> ReadAsync(string series, string subject, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancel);

    /// <summary>How far a named tailer has come; 0 at first.</summary>
    Task<long> WatermarkAsync(string tailer, CancellationToken cancel);

    Task SetWatermarkAsync(string tailer, long sequence, CancellationToken cancel);

    Task WriteRefusalsAsync(IReadOnlyList<RefusalRow> refusals, CancellationToken cancel);

    /// <summary>Newest first; a null device reads those nobody was authenticated for.</summary>
    Task<IReadOnlyList<RefusalRow>> ReadRefusalsAsync(string? deviceId, int count, CancellationToken cancel);

    /// <summary>
    /// Writes each ear tag's quarters between two times (the end excluded) as one point of <see cref="HistorySeries.TagDay"/> at
    /// <paramref name="from"/>, in bounded steps; answers how many tags. Doing it again, also after late quarters came, puts the whole right.
    /// </summary>
    Task<long> CondenseAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);

    /// <summary>
    /// Deletes points and refusals older than <paramref name="before"/> and days older than <paramref name="daysBefore"/>, in bounded
    /// steps; answers how many. A store whose server keeps the retention itself answers 0.
    /// </summary>
    Task<long> ForgetAsync(DateTimeOffset before, DateTimeOffset daysBefore, CancellationToken cancel);
}

/// <summary>Names of the series. Values of a point are in the order stated.</summary>
public static class HistorySeries
{
    /// <summary>15 minutes of one ear tag: heard, activity count, motionless minutes, temperature °C, strongest RSSI dBm.</summary>
    public const string TagQuarter = "tag-quarter";

    /// <summary>
    /// One day of one ear tag, from its quarters: heard, activity count, longest motionless minutes, mean of the quarters'
    /// temperatures °C, strongest RSSI dBm. Kept when the quarters are long forgotten.
    /// </summary>
    public const string TagDay = "tag-day";

    /// <summary>One stable or unstable reading: net kg, gross kg, stable (0/1).</summary>
    public const string Scale = "scale";

    /// <summary>One position: latitude, longitude, speed km/h, accuracy m.</summary>
    public const string Position = "position";

    /// <summary>One feeder event: kg, 1 load | 2 delivery.</summary>
    public const string Feed = "feed";

    /// <summary>One facility: eligible value yuan, debt yuan, LTV (NaN when null), borrowing base yuan.</summary>
    public const string Facility = "facility";
}

/// <summary>The History can't be reached or does not do what it was asked. The message names the reason and holds no secret.</summary>
public class HistoryAwayException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>Charts only; nothing summed into value is ever read from here, so doubles are fine.</summary>
public sealed record HistoryPoint(string Series, string Subject, DateTimeOffset At, double[] Values);

public sealed record RefusalRow(DateTimeOffset At, string? DeviceId, string Reason, int Offset, byte[] FirstBytes, long Count);

public static class HistoryLimits
{
    public const int PointsPerWrite = 20_000;
    public const int PointsPerRead = 10_000;
    public const int ValuesPerPoint = 16;
    public const int RefusalsPerWrite = 1_000;

    /// <summary>The newest refusals of each device, and of all nobody was authenticated for together; older ones go.</summary>
    public const int RefusalsPerDevice = 500;

    /// <summary>First bytes of a refused frame that are kept.</summary>
    public const int FirstBytes = 256;
}
