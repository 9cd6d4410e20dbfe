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
/// One MQTT connection under MQTTnet's server. A PUBLISH never reaches that server: it is taken here without waiting for its receipt, and
/// answered in order from the <see cref="AnswerLine"/>. Counts what is malformed, keeps what it owes in bounds, and leaves in order.
/// </summary>
internal sealed class DeviceConnection : IMqttChannelAdapter
{
    private static readonly TimeSpan AnswerPoll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LastAnswersWait = TimeSpan.FromSeconds(1);

    private readonly PacketGuard _guard;
    private readonly MqttConnectionContext _inner;
    private readonly DoorParts _parts;
    private readonly TopicAliases _aliases;
    private readonly LifeSigns _lifeSigns;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttConnectPacket? _connect;
    private MqttDisconnectReasonCode? _farewell;
    private int _owed;

    public DeviceConnection(ConnectionContext connection, MqttBufferWriter writer, DoorParts parts)
    {
        _parts = parts;
        Line = new AnswerLine(connection.Transport.Output, LeaveUnanswered);
        _guard = new PacketGuard(connection.Transport.Input, Limits) { Leaving = SayFarewellAsync };
        connection.Transport = new DuplexTransport(_guard, new ClosingOutput(Line.Close));
        _inner = new MqttConnectionContext(new MqttPacketFormatterAdapter(writer), connection);
        _aliases = new TopicAliases(Limits.TopicAliases);
        _lifeSigns = new LifeSigns(parts.Options.Time);
    }

    /// <summary>Who it is; null until it is authenticated.</summary>
    public DeviceSession? Session { get; set; }

    /// <summary>The client id it holds in <see cref="LiveClients"/>.</summary>
    public string? ReservedClientId { get; set; }

    public AnswerLine Line { get; }

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
            var share = KeepAlive * 0.4;
            return share > TimeSpan.Zero && share < Limits.LongestHold ? share : Limits.LongestHold;
        }
    }

    /// <summary>MQTT 3.1.1 has no way to say why.</summary>
    public bool SaysReasonCodes => PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500;

    /// <summary>Not to a client that asked for none, nor to one that takes only the smallest packets (MQTT 5, 3.1.2.11.4 and .7).</summary>
    public bool SaysReasonStrings =>
        _connect is { RequestProblemInformation: true } && (_connect.MaximumPacketSize == 0 || _connect.MaximumPacketSize >= PublishArrival.LongestAnswer);

    public long BytesReceived => _inner.BytesReceived;

    public long BytesSent => Line.BytesSent;

    public X509Certificate2? ClientCertificate => _inner.ClientCertificate;

    public EndPoint? RemoteEndPoint => _inner.RemoteEndPoint;

    public EndPoint? LocalEndPoint => _inner.LocalEndPoint;

    public bool IsSecureConnection => _inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => _inner.PacketFormatterAdapter;

    private GatewayLimits Limits => _parts.Options.Limits;

    private TimeSpan KeepAlive => TimeSpan.FromSeconds(_connect?.KeepAlivePeriod ?? 0);

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
        _lifetime.CancelAfter(Limits.StopWait);
        LeaveAfterAnswering(MqttDisconnectReasonCode.ServerShuttingDown, "gateway stopping");
    }

    /// <summary>Reads nothing more, answers what is in hand, then leaves.</summary>
    public void LeaveAfterAnswering(MqttDisconnectReasonCode reason, string because)
    {
        _farewell ??= reason;
        EndedBecause ??= because;
        Line.Leave();
        _guard.CancelPendingRead();
    }

    /// <summary>One message of this connection was refused; one too many ends it.</summary>
    public void CountRefusal()
    {
        if (Abuse.Add(_parts.Options.Time, Limits.RefusalsPerMinute))
        {
            _parts.Refusals.Add(Session?.Device.Id, GatewayReasons.RepeatedAbuse, 0, []);
            LeaveAfterAnswering(MqttDisconnectReasonCode.QuotaExceeded, GatewayReasons.RepeatedAbuse);
        }
    }

    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await WaitForRoomAsync(cancellationToken);
            var packet = await ReceiveAsync(cancellationToken);
            if (packet is not MqttPublishPacket publish || Session is not { } session)
            {
                return packet;
            }
            await _parts.Publishes.TakeAsync(this, session, publish);
            if (_lifeSigns.IsDue(KeepAlive))
            {
                return _lifeSigns.Give();
            }
        }
    }

    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        if (packet is MqttConnAckPacket welcome)
        {
            ConnectTerms.State(welcome, _connect!, Limits);
            _lifeSigns.Begin();
        }
        if (packet is MqttPingRespPacket && _lifeSigns.TryTakeBack())
        {
            return;
        }
        await Line.SendAsync(packet, PacketFormatterAdapter, cancellationToken);
        if (packet is MqttPubCompPacket or MqttSubAckPacket or MqttUnsubAckPacket or MqttPingRespPacket)
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
        Line.Close();
        _ended.TrySetResult();
    }

    // The lifetime has no timer and so nothing to free; who takes this connection over may still cancel it.
    public void Dispose() => _inner.Dispose();

    private async ValueTask<MqttPacket> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var packet = await _inner.ReceivePacketAsync(cancellationToken);
            Note(packet);
            return packet;
        }
        catch (Exception failure) when (Malformed(failure) is { } reason)
        {
            EndedBecause ??= reason;
            _parts.Refusals.Add(Session?.Device.Id, reason, 0, _guard.FirstBytes);
            throw;
        }
    }

    private async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        if (Line.Room(Limits.FramesPerConnection) is { } room)
        {
            _parts.Meters.Paused(GatewayMeters.PausedByConnection);
            await room.WaitAsync(cancellationToken);
        }
        if (Volatile.Read(ref _owed) >= Limits.UnsentAnswers)
        {
            _parts.Meters.Paused(GatewayMeters.PausedByAnswers);
            while (Volatile.Read(ref _owed) >= Limits.UnsentAnswers)
            {
                await Task.Delay(AnswerPoll, _parts.Options.Time, cancellationToken);
            }
        }
    }

    private void Note(MqttPacket? packet)
    {
        switch (packet)
        {
            case MqttConnectPacket connect:
                _connect = connect;
                ConnectTerms.Adopt(connect, PacketFormatterAdapter.ProtocolVersion, Limits);
                break;
            case MqttPublishPacket publish:
                _aliases.Resolve(publish);
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

    // The device sends it again, and everything it sent after it: answers must come in order.
    private void LeaveUnanswered() => Leave(MqttDisconnectReasonCode.ServerBusy, GatewayReasons.NotRecorded);

    private async Task SayFarewellAsync()
    {
        var since = _parts.Options.Time.GetTimestamp();
        var patience = Hold + LastAnswersWait;
        while ((Line.Count > 0 || Volatile.Read(ref _owed) > 0)
            && !Lifetime.IsCancellationRequested && _parts.Options.Time.GetElapsedTime(since) < patience)
        {
            await Task.Delay(AnswerPoll, _parts.Options.Time);
        }
        if (Session is not null && PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
        {
            using CancellationTokenSource wait = new(LastAnswersWait, _parts.Options.Time);
            await Line.SendAsync(new MqttDisconnectPacket { ReasonCode = _farewell!.Value }, PacketFormatterAdapter, wait.Token);
        }
        Line.Close();
    }
}
