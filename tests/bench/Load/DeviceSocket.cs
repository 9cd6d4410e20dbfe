using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Earmark.Bench.Load;

/// <summary>One device's connection with at most one frame in flight.</summary>
internal sealed class DeviceSocket(byte[][] packets, LoadTally tally) : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[512];
    private int filled;
    private int next;
    private int inFlight;
    private int exhausted;
    private long sentAt;

    public bool IsWaiting => Volatile.Read(ref inFlight) != 0;

    public async Task ConnectAsync(int port, byte[] connect)
    {
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(connect);
        if (await ReadAsync() is not (MqttWire.ConnectAcknowledged, false))
        {
            throw new InvalidOperationException("A connection was refused.");
        }
    }

    /// <summary>Sends the next frame (or the last one again) unless one is in flight or none is left.</summary>
    public async ValueTask<bool> TrySendAsync(bool again)
    {
        if (Interlocked.CompareExchange(ref inFlight, 1, 0) != 0)
        {
            return false;
        }

        if (!again && next == packets.Length)
        {
            Volatile.Write(ref inFlight, 0);
            if (Interlocked.Exchange(ref exhausted, 1) == 0)
            {
                tally.Exhaust();
            }

            return false;
        }

        var packet = packets[again ? Math.Max(0, next - 1) : next++];
        sentAt = Stopwatch.GetTimestamp();
        await socket.SendAsync(packet);
        return true;
    }

    /// <summary>Takes acknowledgements until the connection ends.</summary>
    public async Task AcknowledgedAsync(Func<DeviceSocket, ValueTask> then)
    {
        try
        {
            while (await ReadAsync() is (MqttWire.PublishAcknowledged, var failed))
            {
                tally.Add(failed, Stopwatch.GetElapsedTime(sentAt));
                Volatile.Write(ref inFlight, 0);
                await then(this);
            }
        }
        catch (SocketException)
        {
            // Counted below: a broken connection makes the measurement worthless and is reported with it.
        }

        tally.Break();
    }

    /// <summary>Sends one packet and waits for its acknowledgement; false when refused.</summary>
    public async Task<bool> SendAloneAsync(byte[] packet)
    {
        await socket.SendAsync(packet);
        return await ReadAsync() is (MqttWire.PublishAcknowledged, false);
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask<(byte Type, bool Failed)> ReadAsync()
    {
        while (true)
        {
            var taken = MqttWire.Read(buffer.AsSpan(0, filled), out var type, out var failed);
            if (taken > 0)
            {
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
                return (type, failed);
            }

            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0)
            {
                return default;
            }

            filled += read;
        }
    }
}
