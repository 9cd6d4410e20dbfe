using Earmark.Contracts.Devices;
using Earmark.FirmwareProtocols;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Earmark.Gateway.Directory;

/// <summary>
/// The gateway's bounded memory of the register. Asks <see cref="IDeviceDirectoryGrain"/>, one question a name at a time, remembers both
/// answers for a while, and never makes a grain key of a presented name.
/// </summary>
public sealed class DeviceDirectory(IGrainFactory grains, GatewayOptions options, ILogger<DeviceDirectory> log) : IDisposable
{
    private readonly BoundedMemory<string, Entry> _known = new(options.Limits.KnownDevices);
    private readonly BoundedMemory<string, long> _unknown = new(options.Limits.UnknownNames);
    private readonly Dictionary<string, Task<DeviceLookup>> _asking = [];
    private readonly Lock _turn = new();
    private readonly SemaphoreSlim _lookups = new(options.Limits.Lookups);

    private sealed record Entry(KnownDevice Device, long AskedAt);

    public int Known => _known.Count;

    public int Unknown => _unknown.Count;

    /// <summary>The device if it is known recently enough; null when the register has to be asked.</summary>
    public KnownDevice? Recall(string name) => Recall(name, options.Limits.KnownFor);

    /// <summary>Whether the name is remembered as a device's, without asking.</summary>
    public bool Remembers(string name) => _known.TryGet(name, out _);

    public ValueTask<DeviceLookup> FindAsync(string name) => FindAsync(name, options.Limits.KnownFor);

    /// <param name="name">As presented; anything that is no device name is unknown without a question.</param>
    /// <param name="newerThan">An answer older than this is asked again.</param>
    public ValueTask<DeviceLookup> FindAsync(string name, TimeSpan newerThan)
    {
        if (Recall(name, newerThan) is { } device)
        {
            return new(new DeviceLookup(device, false));
        }
        if (!DeviceName.TryParse(name, out _) || (_unknown.TryGet(name, out var askedAt) && Age(askedAt) < options.Limits.UnknownFor))
        {
            return new(default(DeviceLookup));
        }
        return new(Ask(name));
    }

    public void Dispose() => _lookups.Dispose();

    private KnownDevice? Recall(string name, TimeSpan newerThan) =>
        _known.TryGet(name, out var entry) && Age(entry.AskedAt) < newerThan ? entry.Device : null;

    // Concurrent misses of one name share one question.
    private Task<DeviceLookup> Ask(string name)
    {
        lock (_turn)
        {
            if (!_asking.TryGetValue(name, out var asking))
            {
                asking = Task.Run(() => AskRegisterAsync(name));
                _asking[name] = asking;
            }
            return asking;
        }
    }

    private async Task<DeviceLookup> AskRegisterAsync(string name)
    {
        await _lookups.WaitAsync();
        try
        {
            return Remember(name, await grains.GetGrain<IDeviceDirectoryGrain>(0).Find(name));
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "The register did not answer about a device");
            return _known.TryGet(name, out var entry) && Age(entry.AskedAt) < options.Limits.KnownWhileAway
                ? new DeviceLookup(entry.Device, false)
                : new DeviceLookup(null, true);
        }
        finally
        {
            _lookups.Release();
            lock (_turn)
            {
                _asking.Remove(name);
            }
        }
    }

    private DeviceLookup Remember(string name, DeviceCredentials? answer)
    {
        var now = options.Time.GetTimestamp();
        if (answer?.DeviceId != name || Keep(name, answer) is not { } device)
        {
            _known.Forget(name);
            _unknown.Put(name, now);
            return default;
        }
        _unknown.Forget(name);
        _known.Put(name, new Entry(device, now));
        return new DeviceLookup(device, false);
    }

    private KnownDevice? Keep(string name, DeviceCredentials answer) =>
        _known.TryGet(name, out var entry) && entry.Device.IsStill(answer) ? entry.Device
        : KnownDevice.TryCreate(answer, out var device) ? device
        : null;

    private TimeSpan Age(long since) => options.Time.GetElapsedTime(since);
}
