using Earmark.DeviceSim.Hardware;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.DeviceSim.Link;

/// <summary>
/// What one device still has to send, live frames first and then backlog, each oldest first. Filled by the simulation, emptied by the
/// link; thread-safe. At the limit the oldest backlog goes.
/// </summary>
public sealed class SendQueue(LinkLimits limits)
{
    private readonly Lock _turn = new();
    private readonly PriorityQueue<StoredFrame, ulong> _live = new();
    private readonly PriorityQueue<StoredFrame, ulong> _backlog = new();
    private TaskCompletionSource _change = NewChange();
    private int _inFlight;
    private Uplink _uplink = Uplink.Open;

    public Uplink Uplink
    {
        get
        {
            lock (_turn)
            {
                return _uplink;
            }
        }

        set => Change(() => _uplink = value);
    }

    /// <summary>Waiting and in flight.</summary>
    public int Unsettled
    {
        get
        {
            lock (_turn)
            {
                return _live.Count + _backlog.Count + _inFlight;
            }
        }
    }

    /// <summary>Adds a frame of this run.</summary>
    /// <returns>The frame that had to go to make room; null when there was room.</returns>
    public StoredFrame? Add(StoredFrame frame)
    {
        StoredFrame? dropped = null;
        Change(() =>
        {
            Put(frame, frame.Backlog);
            if (_live.Count + _backlog.Count + _inFlight > limits.MaxUnsentFrames)
            {
                dropped = _backlog.Count > 0 ? _backlog.Dequeue() : _live.Dequeue();
            }
        });
        return dropped;
    }

    /// <summary>Adds a frame an earlier run left: backlog by now, whatever it was then.</summary>
    public void AddLeftover(StoredFrame frame) => Change(() => Put(frame, backlog: true));

    /// <summary>Takes the next frame for sending, unless the device holds frames back.</summary>
    public bool TryTake(out StoredFrame frame, out bool fromBacklog)
    {
        lock (_turn)
        {
            fromBacklog = _live.Count == 0;
            frame = null!;
            if (_uplink != Uplink.Open || !(fromBacklog ? _backlog : _live).TryDequeue(out StoredFrame? next, out _))
            {
                return false;
            }

            frame = next;
            _inFlight++;
            return true;
        }
    }

    /// <summary>It was not answered: back to where it came from, to be sent again.</summary>
    public void Return(StoredFrame frame, bool fromBacklog) => Change(() =>
    {
        _inFlight--;
        Put(frame, fromBacklog);
    });

    public void Settled() => Change(() => _inFlight--);

    /// <summary>Ends at the next change of anything here. Take it before looking, or a change may slip between.</summary>
    public Task ChangedAsync()
    {
        lock (_turn)
        {
            return _change.Task;
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Put(StoredFrame frame, bool backlog) => (backlog ? _backlog : _live).Enqueue(frame, frame.Identity.Ordinal);

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_turn)
        {
            change();
            changed = _change;
            _change = NewChange();
        }

        changed.SetResult();
    }
}
