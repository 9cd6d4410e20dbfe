using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Earmark.Tests.DeviceSim;

/// <summary>How the broker treats a frame.</summary>
internal enum Answer
{
    Acknowledge,
    Refuse,

    /// <summary>Says nothing, and the client has to notice.</summary>
    Silence,
}

/// <summary>A real MQTT server that remembers what it was sent and answers as told.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Device, byte[] Bytes, Answer Answer)> _frames = [];
    private readonly ConcurrentQueue<(string Device, string Status)> _statuses = [];
    private MqttServer _server;

    private TestBroker(int port, MqttServer server)
    {
        Port = port;
        _server = server;
    }

    public int Port { get; }

    /// <summary>Decides each frame; acknowledged unless a test says otherwise.</summary>
    public Func<string, byte[], Answer> Judge { get; set; } = (_, _) => Answer.Acknowledge;

    /// <summary>Set false to turn everybody away.</summary>
    public bool LetsIn { get; set; } = true;

    public int Refusals;

    public IReadOnlyList<(string Device, byte[] Bytes, Answer Answer)> Frames => [.. _frames];

    public IReadOnlyList<(string Device, string Status)> Statuses => [.. _statuses];

    public static async Task<TestBroker> StartAsync()
    {
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var broker = new TestBroker(port, null!);
        await broker.ResumeAsync();
        return broker;
    }

    public async Task StopAsync() => await _server.StopAsync();

    public async Task ResumeAsync()
    {
        MqttServerOptions options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(Port).Build();
        _server = new MqttServerFactory().CreateMqttServer(options);
        _server.ValidatingConnectionAsync += args =>
        {
            bool good = LetsIn && args.UserName == "user-" + args.ClientId && args.Password == "secret-" + args.ClientId;
            args.ReasonCode = good ? MqttConnectReasonCode.Success : MqttConnectReasonCode.BadUserNameOrPassword;
            Interlocked.Add(ref Refusals, good ? 0 : 1);
            return Task.CompletedTask;
        };
        _server.InterceptingPublishAsync += TakeAsync;
        await _server.StartAsync();
    }

    /// <summary>Polls until <paramref name="seen"/>, thirty seconds at most.</summary>
    public static async Task Until(Func<bool> seen)
    {
        for (int i = 0; i < 3000 && !seen(); i++)
        {
            await Task.Delay(10);
        }

        Xunit.Assert.True(seen(), "it did not come to that within thirty seconds");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }

    private async Task TakeAsync(InterceptingPublishEventArgs args)
    {
        string topic = args.ApplicationMessage.Topic;
        byte[] payload = args.ApplicationMessage.Payload.ToArray();
        string device = topic.Split('/')[3];
        if (topic.EndsWith("/status", StringComparison.Ordinal))
        {
            _statuses.Enqueue((device, Encoding.ASCII.GetString(payload)));
            return;
        }

        args.ProcessPublish = false;
        Answer answer = Judge(device, payload);
        _frames.Enqueue((device, payload, answer));
        if (answer == Answer.Refuse)
        {
            args.Response.ReasonCode = MqttPubAckReasonCode.PayloadFormatInvalid;
            args.Response.ReasonString = "not today";
        }
        else if (answer == Answer.Silence)
        {
            await Task.Delay(Timeout.Infinite, args.CancellationToken);
        }
    }
}
