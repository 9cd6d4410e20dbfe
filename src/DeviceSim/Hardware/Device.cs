using Earmark.DeviceSim.World;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.DeviceSim.Hardware;

/// <summary>
/// What all kinds have: identity, power, clock, boot counter, sequence, key. A device looks at the world when its time comes and
/// turns what it sees into signed frames. Begin it once; until then acts on it only set its state (a restart replays them).
/// </summary>
public abstract class Device : IDisposable
{
    private readonly FrameKey _key;
    private readonly IFrameSink _sink;
    private readonly byte[] _buffer = new byte[EnvelopeCodec.MaxFrameLength];
    private uint _boot;
    private uint _sequence;
    private bool _begun;
    private DateTimeOffset _cutUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _holdingUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _offUntil = DateTimeOffset.MinValue;

    protected Device(SimulatedDevice identity, SimulatedWorld world, IFrameSink sink)
    {
        Identity = identity;
        World = world;
        _sink = sink;
        _key = new FrameKey(identity.FrameKey);
        Draws = RandomStream.For(world.Seed, $"{identity.Site}/device/{identity.DeviceId}");
        Clock = new DeviceClock(Draws, world.StartedAt);
    }

    public SimulatedDevice Identity { get; }

    public DeviceClock Clock { get; }

    public uint Boot => _boot;

    protected SimulatedWorld World { get; }

    protected RandomStream Draws { get; }

    /// <summary>Powers up and starts to work, from now on.</summary>
    public void Begin()
    {
        _begun = true;
        PowerUp();
        Refresh(World.Timeline.Now);
        Work();
    }

    public void CutUplink(DateTimeOffset at, TimeSpan length) => _cutUntil = Until(at, length, _cutUntil);

    public void HoldFrames(DateTimeOffset at, TimeSpan length) => _holdingUntil = Until(at, length, _holdingUntil);

    /// <summary>No power: no frames, no buffer, and a new boot afterwards.</summary>
    public void PowerOff(DateTimeOffset at, TimeSpan length)
    {
        _offUntil = Until(at, length, _offUntil);
        World.Timeline.Schedule(_offUntil, Lane.World, then =>
        {
            if (_begun && then >= _offUntil)
            {
                PowerUp();
            }
        });
    }

    public void Dispose()
    {
        _key.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Hooks the device to what it looks at.</summary>
    protected abstract void Work();

    /// <summary>For kinds that count since power-up.</summary>
    protected virtual void OnPowerUp()
    {
    }

    /// <summary>Does <paramref name="look"/> every so often, at a phase of the device's own, while it has power.</summary>
    protected void Every(TimeSpan period, Action<DateTimeOffset> look)
    {
        // The phase belongs to the wall clock, so that a restart does not move it.
        long phase = (long)(period.TotalMilliseconds * Draws.Uniform(Draw.PhaseOffset, 1));
        long now = World.Timeline.Now.ToUnixTimeMilliseconds();
        long every = (long)period.TotalMilliseconds;
        long first = (((now - phase) / every) + 1) * every + phase;
        World.Timeline.Repeat(DateTimeOffset.FromUnixTimeMilliseconds(first), period, Lane.Device, at =>
        {
            if (HasPower(at))
            {
                look(at);
            }
        });
    }

    protected bool HasPower(DateTimeOffset at) => at >= _offUntil;

    protected void Send(DateTimeOffset at, ReadOnlySpan<byte> payload)
    {
        if (!_begun || !HasPower(at))
        {
            return;
        }

        bool backlog = At(at) != Uplink.Open || !_sink.IsOnline(Identity);
        var header = new EnvelopeHeader(
            Identity.Kind, Identity.Name, _boot, ++_sequence, Clock.Read(at).ToUnixTimeMilliseconds(),
            backlog ? FrameFlags.Backlog : FrameFlags.None, Identity.KeyId);
        int length = EnvelopeCodec.Write(header, payload, _key, _buffer);
        _sink.Take(new MadeFrame(Identity, _boot, _sequence, at, backlog, _buffer.AsSpan(0, length).ToArray()));
    }

    private Uplink At(DateTimeOffset at) =>
        at < _cutUntil || at < _offUntil ? Uplink.Cut : at < _holdingUntil ? Uplink.Holding : Uplink.Open;

    private DateTimeOffset Until(DateTimeOffset at, TimeSpan length, DateTimeOffset before)
    {
        DateTimeOffset until = at + length > before ? at + length : before;
        World.Timeline.Schedule(at, Lane.World, Refresh);
        World.Timeline.Schedule(until, Lane.World, Refresh);
        return until;
    }

    private void Refresh(DateTimeOffset at)
    {
        if (_begun)
        {
            _sink.UplinkChanged(Identity, At(at));
        }
    }

    private void PowerUp()
    {
        _boot = _sink.NextBoot(Identity);
        _sequence = 0;
        OnPowerUp();
    }
}
