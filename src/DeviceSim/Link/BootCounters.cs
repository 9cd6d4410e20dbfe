using System.Text.Json;

namespace Earmark.DeviceSim.Link;

/// <summary>
/// How often each device was powered up, in <c>boots.json</c>. A device not in it starts at the given first number.
/// </summary>
public sealed class BootCounters
{
    private readonly string _path;
    private readonly uint _first;
    private readonly Dictionary<string, uint> _boots;
    private bool _changed;

    public BootCounters(string path, uint first)
    {
        _path = path;
        _first = first;
        _boots = File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, uint>>(File.ReadAllBytes(path)) ?? [] : [];
    }

    /// <summary>Where a lost folder starts: minutes since 2026, so above whatever an earlier folder of the same devices has used.</summary>
    public static uint FirstFor(DateTimeOffset startedAt) =>
        (uint)Math.Max(1, (startedAt - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalMinutes);

    /// <summary>The next number. <see cref="Save"/> it before any frame that carries it leaves the house.</summary>
    public uint Next(string deviceId)
    {
        _changed = true;
        return _boots[deviceId] = _boots.TryGetValue(deviceId, out uint boot) ? checked(boot + 1) : _first;
    }

    public void Save()
    {
        if (_changed)
        {
            DurableFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(_boots));
            _changed = false;
        }
    }
}
