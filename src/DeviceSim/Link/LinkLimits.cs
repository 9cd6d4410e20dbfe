namespace Earmark.DeviceSim.Link;

/// <summary>Bounds and waits of the device side. A record, so that tests can make them small.</summary>
public sealed record LinkLimits
{
    public static readonly LinkLimits Default = new();

    /// <summary>
    /// Frames one device keeps unsent, on disk (a week of a station with 400 tags). Past it the oldest backlog is dropped, written to
    /// <c>dropped.log</c> and counted; live frames are dropped only when there is no backlog left.
    /// </summary>
    public int MaxUnsentFrames { get; init; } = 20_000;

    /// <summary>Published and not yet acknowledged, per device.</summary>
    public int MaxInFlight { get; init; } = 8;

    /// <summary>After it an outbox file is closed and the next begun; a file goes when all its frames are settled.</summary>
    public int MaxSegmentBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>After it a log is renamed to <c>….1</c>, replacing the one before.</summary>
    public long MaxLogBytes { get; init; } = 256L * 1024 * 1024;

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>No CONNACK or PUBACK for so long: the connection is given up and frames are sent again on the next.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>At the end, for acknowledgements that are on their way.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(2);
}
