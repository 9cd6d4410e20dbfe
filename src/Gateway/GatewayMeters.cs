using System.Diagnostics.Metrics;
using Earmark.Contracts.Sites;

namespace Earmark.Gateway;

/// <summary>What the device side counts, as meter <c>Earmark.Gateway</c>.</summary>
public sealed class GatewayMeters : IDisposable
{
    public const string MeterName = "Earmark.Gateway";
    public const string PausedBySite = "site";
    public const string PausedByConnection = "connection";
    public const string PausedByOutbox = "outbox";
    public const string PausedByAnswers = "unread-answers";

    // Made once: a frame pays for no box and no text.
    private static readonly KeyValuePair<string, object?>[] Outcomes =
        [.. Enum.GetValues<FrameOutcome>().Select(outcome => new KeyValuePair<string, object?>("outcome", outcome.ToString()))];

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _frames;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _unguarded;
    private readonly Counter<long> _newsDropped;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _paused;
    private readonly Counter<long> _outboxed;
    private readonly Counter<long> _brokerFailures;
    private readonly Histogram<int> _batches;

    public GatewayMeters()
    {
        _frames = _meter.CreateCounter<long>("earmark.gateway.frames", "{frame}", "Frames given to sites, by outcome");
        _refusals = _meter.CreateCounter<long>("earmark.gateway.refusals", "{refusal}", "What was refused, by reason");
        _unguarded = _meter.CreateCounter<long>("earmark.gateway.unguarded", "{frame}", "Frames sent with QoS 0: nobody resends them");
        _newsDropped = _meter.CreateCounter<long>("earmark.gateway.connection_news_dropped", "{change}");
        _connections = _meter.CreateUpDownCounter<long>("earmark.gateway.connections", "{connection}");
        _outboxed = _meter.CreateCounter<long>("earmark.gateway.outboxed", "{frame}", "Frames acknowledged to the outside broker from the outbox, before their site has them");
        _brokerFailures = _meter.CreateCounter<long>("earmark.gateway.broker_failures", "{attempt}", "Times the outside broker could not be used");
        _paused = _meter.CreateCounter<long>(
            "earmark.gateway.reading_paused", "{pause}", "Times nothing more was read from a connection until its site, its own frames or its unread answers made room");
        _batches = _meter.CreateHistogram<int>("earmark.gateway.batch", "{frame}", "Frames in one call to a site");
    }

    public void Frame(FrameOutcome outcome) => _frames.Add(1, Outcomes[(int)outcome]);

    public void Refused(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Unguarded() => _unguarded.Add(1);

    public void NewsDropped() => _newsDropped.Add(1);

    public void Connections(int change) => _connections.Add(change);

    public void Paused(string because) => _paused.Add(1, new KeyValuePair<string, object?>("because", because));

    /// <summary>Frames waiting for their receipts, read when somebody looks.</summary>
    public void Held(Func<long> count) =>
        _meter.CreateObservableGauge("earmark.gateway.held", count, "{frame}", "Frames waiting for their site's receipt");

    public void BrokerFailed() => _brokerFailures.Add(1);

    public void Outboxed() => _outboxed.Add(1);

    /// <summary>Frames in the outbox, and whether the broker is connected (1) or not (0), read when somebody looks.</summary>
    public void Broker(Func<int> outbox, Func<int> connected)
    {
        _meter.CreateObservableGauge("earmark.gateway.outbox", outbox, "{frame}", "Frames in the outbox: acknowledged to the outside broker, not yet journaled");
        _meter.CreateObservableGauge("earmark.gateway.broker_connected", connected);
    }

    public void Batch(int frames) => _batches.Record(frames);

    public void Dispose() => _meter.Dispose();
}
