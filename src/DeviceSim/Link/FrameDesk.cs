using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.World;
using Earmark.FirmwareProtocols;

namespace Earmark.DeviceSim.Link;

/// <summary>
/// Between the simulation and its links: collects the frames of one advance of time, makes them durable in one go, and hands them to the
/// queues. The simulation's thread uses it; links only touch their queues and the outbox.
/// </summary>
public sealed class FrameDesk : IFrameSink
{
    private readonly Dictionary<DeviceName, DeviceLink> _links = [];
    private readonly List<MadeFrame> _made = [];
    private readonly Outbox _outbox;
    private readonly BootCounters _boots;

    public FrameDesk(IEnumerable<SimulatedDevice> devices, Outbox outbox, BootCounters boots, MqttEndpoint endpoint, ulong seed)
    {
        _outbox = outbox;
        _boots = boots;
        foreach (SimulatedDevice device in devices.Where(device => device.Kind != DeviceKind.EarTag))
        {
            var queue = new SendQueue(endpoint.Limits);
            var backOff = new BackOff(endpoint.Limits, RandomStream.For(seed, $"link/{device.DeviceId}"));
            _links.Add(device.Name, new DeviceLink(device, queue, outbox, endpoint, backOff, Counters));
        }

        // A device that has gone from the devices file leaves its frames in the outbox, in case it comes back.
        foreach (StoredFrame frame in outbox.Leftovers)
        {
            _links.GetValueOrDefault(frame.Device)?.Queue.AddLeftover(frame);
        }
    }

    public LinkCounters Counters { get; } = new();

    public IReadOnlyCollection<DeviceLink> Links => _links.Values;

    public bool IsOnline(SimulatedDevice device) => _links[device.Name].IsOnline;

    public void Take(MadeFrame frame) => _made.Add(frame);

    public void UplinkChanged(SimulatedDevice device, Uplink uplink)
    {
        SendQueue queue = _links[device.Name].Queue;
        if (queue.Uplink != uplink)
        {
            queue.Uplink = uplink;
        }
    }

    public uint NextBoot(SimulatedDevice device) => _boots.Next(device.DeviceId);

    /// <summary>Makes durable what was taken since the last time, then lets the links send it.</summary>
    public async Task HandOverAsync()
    {
        _boots.Save();
        if (_made.Count == 0)
        {
            return;
        }

        IReadOnlyList<StoredFrame> stored = _outbox.Append(_made);
        Counters.CountMade(stored.Count);
        _made.Clear();
        foreach (StoredFrame frame in stored)
        {
            if (_links[frame.Device].Queue.Add(frame) is { } dropped)
            {
                await _outbox.DropAsync(dropped);
                Counters.CountDropped();
            }
        }
    }

    /// <summary>Ends when every device whose uplink is open has all its frames settled.</summary>
    public async Task SettledAsync(CancellationToken stop)
    {
        foreach (DeviceLink link in _links.Values)
        {
            while (true)
            {
                Task changed = link.Queue.ChangedAsync();
                if (link.Queue.Uplink != Uplink.Open || link.Queue.Unsettled == 0)
                {
                    break;
                }

                await changed.WaitAsync(stop);
            }
        }
    }
}
