using System.Net;
using System.Security.Cryptography.X509Certificates;
using Earmark.Gateway.Refusals;
using Earmark.Gateway.Sessions;
using Microsoft.AspNetCore.Connections;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Earmark.Gateway.Mqtt;

/// <summary>
/// One MQTT connection under MQTTnet's server: its packets pass here both ways, so this is also where acknowledgements could be pipelined.
/// Counts what is malformed, keeps what it owes in bounds, and leaves in order.
/// </summary>
internal sealed class DeviceConnection : IMqttChannelAdapter
{
    private static readonly TimeSpan AnswerPoll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LastAnswersWait = TimeSpan.FromSeconds(1);

    private readonly PacketGuard _guard;
    private readonly MqttConnectionContext _inner;
    private readonly ConnectionContext _connection;
    private readonly GatewayOptions _options;
    private readonly RefusalLog _refusals;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttConnectPacket? _connect;
    private MqttDisconnectReasonCode? _farewell;
    private int _owed;

    public DeviceConnection(ConnectionContext connection, MqttBufferWriter writer, GatewayOptions options, RefusalLog refusals)
    {
        (_connection, _options, _refusals) = (connection, options, refusals);
        _guard = new PacketGuard(connection.Transport.Input, options.Limits) { Leaving = SayFarewellAsync };
        connection.Transport = new DuplexTransport(_guard, connection.Transport.Output);
        _inner = new MqttConnectionContext(new MqttPacketFormatterAdapter(writer), connection);
    }

    /// <summary>Who it is; null until it is authenticated.</summary>
    public DeviceSession? Session { get; set; }

    /// <summary>The client id it holds in <see cref="LiveClients"/>.</summary>
    public string? ReservedClientId { get; set; }

    public AbuseCount Abuse { get; } = new();

    /// <summary>Set by whoever ends it: said in the device's connection events.</summary>
    public string? EndedBecause { get; private set; }

    /// <summary>The client said DISCONNECT.</summary>
    public bool LeftByItself { get; private set; }

    /// <summary>The gateway stops: no silence of the device.</summary>
    public bool IsLeftByUs { get; private set; }

    public Task Ended => _ended.Task;

    /// <summary>Cancelled when its frames' receipts can no longer be told.</summary>
    public CancellationToken Lifetime => _lifetime.Token;

    public TimeSpan Hold
    {
        get
        {
            var keepAlive = TimeSpan.FromSeconds(_connect?.KeepAlivePeriod ?? 0);
            var share = keepAlive * 0.4;
            return share > TimeSpan.Zero && share < _options.Limits.LongestHold ? share : _options.Limits.LongestHold;
        }
    }

    public long BytesReceived => _inner.BytesReceived;

    public long BytesSent => _inner.BytesSent;

    public X509Certificate2? ClientCertificate => _inner.ClientCertificate;

    public EndPoint? RemoteEndPoint => _inner.RemoteEndPoint;

    public EndPoint? LocalEndPoint => _inner.LocalEndPoint;

    public bool IsSecureConnection => _inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => _inner.PacketFormatterAdapter;

    /// <summary>Leaves without waiting for receipts: taken over, thrown out.</summary>
    public void Leave(MqttDisconnectReasonCode reason, string because)
    {
        _lifetime.Cancel();
        LeaveAfterAnswering(reason, because);
    }

    /// <summary>Reads nothing more, answers what is in hand if its receipts come in time, then leaves.</summary>
    public void LeaveForStop()
    {
        IsLeftByUs = true;
        _lifetime.CancelAfter(_options.Limits.StopWait);
        LeaveAfterAnswering(MqttDisconnectReasonCode.ServerShuttingDown, "gateway stopping");
    }

    /// <summary>Reads nothing more, answers what is in hand, then leaves.</summary>
    public void LeaveAfterAnswering(MqttDisconnectReasonCode reason, string because)
    {
        _farewell ??= reason;
        EndedBecause ??= because;
        _guard.CancelPendingRead();
    }

    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _owed) >= _options.Limits.UnsentAnswers)
        {
            await Task.Delay(AnswerPoll, _options.Time, cancellationToken);
        }
        try
        {
            var packet = await _inner.ReceivePacketAsync(cancellationToken);
            Note(packet);
            return packet;
        }
        catch (Exception failure) when (Malformed(failure) is { } reason)
        {
            EndedBecause ??= reason;
            _refusals.Add(Session?.Device.Id, reason, 0, _guard.FirstBytes);
            throw;
        }
    }

    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        if (packet is MqttConnAckPacket welcome)
        {
            ConnectTerms.State(welcome, _connect!, _options.Limits);
        }
        await _inner.SendPacketAsync(packet, cancellationToken);
        if (packet is MqttPubAckPacket or MqttPubRecPacket or MqttPubCompPacket or MqttSubAckPacket or MqttUnsubAckPacket or MqttPingRespPacket)
        {
            Interlocked.Decrement(ref _owed);
        }
    }

    public Task ConnectAsync(CancellationToken cancellationToken) => _inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => _inner.DisconnectAsync(cancellationToken);

    public void ResetStatistics() => _inner.ResetStatistics();

    /// <summary>Nothing of it runs any more.</summary>
    public void End()
    {
        _lifetime.Cancel();
        _ended.TrySetResult();
    }

    // The lifetime has no timer and so nothing to free; who takes this connection over may still cancel it.
    public void Dispose() => _inner.Dispose();

    private void Note(MqttPacket? packet)
    {
        switch (packet)
        {
            case MqttConnectPacket connect:
                _connect = connect;
                ConnectTerms.Adopt(connect, PacketFormatterAdapter.ProtocolVersion, _options.Limits);
                break;
            case MqttPublishPacket publish:
                if (publish.TopicAlias > _options.Limits.TopicAliases)
                {
                    throw new TopicAliasException();
                }
                Interlocked.Add(ref _owed, publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce ? 0 : 1);
                break;
            case MqttPubRelPacket or MqttSubscribePacket or MqttUnsubscribePacket or MqttPingReqPacket:
                Interlocked.Increment(ref _owed);
                break;
            case MqttDisconnectPacket:
                LeftByItself = true;
                break;
        }
    }

    // Null for the ordinary ends of a connection, which are nobody's fault.
    private string? Malformed(Exception failure) => failure switch
    {
        NotMqttException => GatewayReasons.NotMqtt,
        OversizePacketException => GatewayReasons.OversizePacket,
        TopicAliasException => GatewayReasons.TopicAliasLimit,
        OperationCanceledException => _connect is null && _farewell is null ? GatewayReasons.ConnectTimeout : null,
        IOException or MqttCommunicationException or ObjectDisposedException or ConnectionAbortedException => null,
        _ => _connect is null ? GatewayReasons.NotMqtt : GatewayReasons.MalformedPacket,
    };

    private async Task SayFarewellAsync()
    {
        var since = _options.Time.GetTimestamp();
        while (Volatile.Read(ref _owed) > 0 && !Lifetime.IsCancellationRequested && _options.Time.GetElapsedTime(since) < LastAnswersWait)
        {
            await Task.Delay(AnswerPoll, _options.Time);
        }
        if (Session is not null && PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
        {
            using CancellationTokenSource wait = new(LastAnswersWait, _options.Time);
            await _inner.SendPacketAsync(new MqttDisconnectPacket { ReasonCode = _farewell!.Value }, wait.Token);
        }
        // MQTTnet would complete the output with an exception, and what is not on the wire yet would be lost; the first completion counts.
        await _connection.Transport.Output.CompleteAsync();
    }
}
