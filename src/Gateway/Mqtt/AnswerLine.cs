using System.Buffers;
using System.IO.Pipelines;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace Earmark.Gateway.Mqtt;

/// <summary>
/// What one connection is owed for its messages, in the order they came: each answer leaves when it is known and all before it have left.
/// Also the only pen on the connection's output, which MQTTnet's own packets take turns with.
/// </summary>
internal sealed class AnswerLine(PipeWriter output, Action whenBroken) : IDisposable
{
    private readonly Lock _turn = new();
    private readonly Queue<PublishArrival> _line = new();
    private readonly SemaphoreSlim _pen = new(1);
    private TaskCompletionSource? _room;
    private int _roomAt;
    private bool _news;
    private volatile bool _leaving;
    private volatile bool _closing;
    private bool _completed;
    private bool _broken;

    public long BytesSent { get; private set; }

    public int Count
    {
        get
        {
            lock (_turn)
            {
                return _line.Count;
            }
        }
    }

    public void Enter(PublishArrival arrival)
    {
        lock (_turn)
        {
            _line.Enqueue(arrival);
        }
    }

    /// <summary>Null when fewer than <paramref name="limit"/> are owed; else done when half of them have left, so that not each answer wakes the reader.</summary>
    public Task? Room(int limit)
    {
        lock (_turn)
        {
            if (_line.Count < limit || _leaving)
            {
                return null;
            }
            _roomAt = limit / 2;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>The connection is to be left: nobody need wait for room to read more.</summary>
    public void Leave()
    {
        _leaving = true;
        lock (_turn)
        {
            _room?.TrySetResult();
        }
    }

    /// <summary>Something was answered; <see cref="Tell"/> will look.</summary>
    public void HasNews() => Volatile.Write(ref _news, true);

    /// <summary>Writes what is known, without waiting: who holds the pen now looks again when it is done.</summary>
    public void Tell()
    {
        while (Volatile.Read(ref _news) && !_closing && _pen.Wait(0))
        {
            Volatile.Write(ref _news, false);
            var flush = WriteKnown();
            if (!flush.IsCompleted)
            {
                _ = FinishAsync(flush.AsTask());
                return;
            }
            Finish(flush);
        }
    }

    /// <summary>MQTTnet's own packets: CONNACK, PINGRESP, SUBACK, DISCONNECT.</summary>
    public async Task SendAsync(MqttPacket packet, MqttPacketFormatterAdapter formatter, CancellationToken cancellationToken)
    {
        await _pen.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            var buffer = formatter.Encode(packet);
            output.Write(buffer.Packet);
            foreach (var part in buffer.Payload)
            {
                output.Write(part.Span);
            }
            BytesSent += buffer.Length;
            await output.FlushAsync(cancellationToken);
        }
        finally
        {
            formatter.Cleanup();
            Release();
        }
        Tell();
    }

    /// <summary>Nothing is written any more; what was written still goes on the wire.</summary>
    public void Close()
    {
        _closing = true;
        CompleteWhenFree();
        Leave();
    }

    // Its wait handle is never made, so there is nothing to free, and a late answer may still ask for the pen.
    public void Dispose() => Close();

    private ValueTask<FlushResult> WriteKnown()
    {
        var (wrote, broken) = (false, false);
        lock (_turn)
        {
            while (!_broken && _line.TryPeek(out var first) && first.IsAnswered)
            {
                if (first.EndsConnection)
                {
                    broken = _broken = true;
                    break;
                }
                _line.Dequeue();
                wrote |= TryWrite(first);
            }
            if (_room is not null && _line.Count <= _roomAt)
            {
                _room.TrySetResult();
                _room = null;
            }
        }
        if (broken)
        {
            whenBroken();
        }
        return wrote ? FlushAsync() : default;
    }

    private bool TryWrite(PublishArrival arrival)
    {
        try
        {
            var bytes = arrival.Write(output);
            BytesSent += bytes;
            return bytes > 0;
        }
        catch (InvalidOperationException)
        {
            // The transport was taken down under us: there is nobody left to tell.
            _closing = true;
            return false;
        }
    }

    private async ValueTask<FlushResult> FlushAsync()
    {
        try
        {
            return await output.FlushAsync();
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException or OperationCanceledException)
        {
            // As above; the reading side finds out by itself.
            _closing = true;
            return default;
        }
    }

    private async Task FinishAsync(Task<FlushResult> flush)
    {
        await flush;
        Release();
        Tell();
    }

    private void Finish(ValueTask<FlushResult> flush)
    {
        _ = flush.Result;
        Release();
    }

    private void Release()
    {
        _pen.Release();
        CompleteWhenFree();
    }

    private void CompleteWhenFree()
    {
        while (_closing && !Volatile.Read(ref _completed) && _pen.Wait(0))
        {
            if (!_completed)
            {
                Volatile.Write(ref _completed, true);
                output.Complete();
            }
            _pen.Release();
        }
    }
}
