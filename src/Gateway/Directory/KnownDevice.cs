using System.Diagnostics.CodeAnalysis;
using Earmark.Contracts.Devices;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.Topics;

namespace Earmark.Gateway.Directory;

/// <summary>A device of the register as the gateway needs it: parsed once, with its frame keys ready.</summary>
public sealed class KnownDevice
{
    // Keys are kept as long as somebody uses the device; the hash states inside free themselves, since an entry forgotten
    // by the directory may still be at work on a connection.
    private readonly Dictionary<int, Lazy<FrameKey>> _keys;

    private KnownDevice(DeviceCredentials credentials, DeviceName name, DeviceKind kind)
    {
        Credentials = credentials;
        Name = name;
        Kind = kind;
        UpTopic = DeviceTopic.Up(kind, name);
        _keys = credentials.Keys
            .Where(row => row.Key.Length == FrameKey.Length)
            .DistinctBy(row => row.KeyId)
            .ToDictionary(row => row.KeyId, row => new Lazy<FrameKey>(() => new FrameKey(row.Key)));
    }

    public DeviceCredentials Credentials { get; }

    public DeviceName Name { get; }

    public DeviceKind Kind { get; }

    public string Id => Credentials.DeviceId;

    /// <summary>Where it publishes its frames.</summary>
    public string UpTopic { get; }

    /// <summary>False for a row that cannot be a device's: its name or kind is not one of ours.</summary>
    public static bool TryCreate(DeviceCredentials credentials, [NotNullWhen(true)] out KnownDevice? device)
    {
        device = DeviceName.TryParse(credentials.DeviceId, out var name) && DeviceKinds.TryParse(credentials.Kind, out var kind)
            ? new KnownDevice(credentials, name, kind)
            : null;
        return device is not null;
    }

    /// <summary>Null when the device has no key of that id.</summary>
    public FrameKey? Key(int keyId) => _keys.TryGetValue(keyId, out var key) ? key.Value : null;

    /// <summary>Whether a newer answer of the register says the same, so that the keys need not be made again.</summary>
    public bool IsStill(DeviceCredentials other) =>
        Credentials with { Keys = other.Keys } == other
        && Credentials.Keys.Length == other.Keys.Length
        && Credentials.Keys.Zip(other.Keys).All(pair =>
            pair.First.KeyId == pair.Second.KeyId && pair.First.Key.AsSpan().SequenceEqual(pair.Second.Key));
}
