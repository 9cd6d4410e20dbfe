using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Faults;

/// <summary>A line from a port of its own to a local server, which can be cut at any byte.</summary>
internal sealed class CutLine : IAsyncDisposable
{
    private readonly int target;
    private readonly TcpListener listener;
    private readonly ConcurrentDictionary<Socket, bool> ends = new();
    private readonly Task accepting;

    public CutLine(int target)
    {
        this.target = target;
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port { get; } = Ports.Free();

    /// <summary>Resets every connection; new ones are let through. Answers how many ends there were.</summary>
    public int Cut()
    {
        var cut = 0;
        foreach (var end in ends.Keys)
        {
            // Closed with time zero: the other side gets a reset in the middle of whatever it was at.
            end.Close(timeout: 0);
            cut++;
        }

        return cut;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Cut();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptSocketAsync());
            }
        }
        catch (SocketException)
        {
            // The listener was stopped.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        ends[near] = true;
        ends[far] = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target);
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (SocketException)
        {
            // The server is away; the caller sees its own end closed.
        }
        finally
        {
            near.Dispose();
            ends.TryRemove(near, out _);
            ends.TryRemove(far, out _);
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var bytes = new byte[16_384];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(bytes)) > 0)
            {
                await to.SendAsync(bytes.AsMemory(0, count));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Either end is gone: so is the line.
        }
    }
}
