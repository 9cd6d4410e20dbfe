using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Earmark.Bench.Load;

/// <summary>One device's connection with at most <paramref name="window"/> frames in flight.</summary>
internal sealed class DeviceSocket(byte[][] packets, int window, LoadTally tally) : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[512];
    private readonly long[] sentAt = new long[window];
    private readonly List<ArraySegment<byte>> sending = [];
    private int filled;
    private int next;
    private int inFlight;
    private int busy;
    private long sent;
    private long acknowledged;
    private bool exhausted;

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

    /// <summary>Sends the next frames (or the last one again), at most so many; false when the window is full or none is left.</summary>
    public async ValueTask<bool> TrySendAsync(bool again, int atMost)
    {
        var any = false;
        while (Volatile.Read(ref inFlight) < window && Interlocked.Exchange(ref busy, 1) == 0)
        {
            Take(again, Math.Min(atMost, window - Volatile.Read(ref inFlight)));
            var taken = sending.Count;
            if (taken > 0)
            {
                await socket.SendAsync(sending);
            }

            Volatile.Write(ref busy, 0);
            any |= taken > 0;
            if (taken == 0 || atMost < window)
            {
                break;
            }
        }

        return any;
    }

    /// <summary>Takes acknowledgements until the connection ends; calls back when all that came together are counted.</summary>
    public async Task AcknowledgedAsync(Func<DeviceSocket, ValueTask> then)
    {
        try
        {
            while (await ReadAsync() is (MqttWire.PublishAcknowledged, var failed))
            {
                tally.Add(failed, Stopwatch.GetElapsedTime(sentAt[acknowledged++ % window]));
                Interlocked.Decrement(ref inFlight);
                if (filled == 0)
                {
                    await then(this);
                }
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

    private void Take(bool again, int count)
    {
        sending.Clear();
        for (; sending.Count < count; sentAt[sent++ % window] = Stopwatch.GetTimestamp())
        {
            if (!again && next == packets.Length)
            {
                if (!exhausted)
                {
                    exhausted = true;
                    tally.Exhaust();
                }

                break;
            }

            sending.Add(packets[again ? Math.Max(0, next - 1) : next++]);
        }

        Interlocked.Add(ref inFlight, sending.Count);
    }

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
