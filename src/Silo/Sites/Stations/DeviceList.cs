using Earmark.FirmwareProtocols;

namespace Earmark.Silo.Sites.Stations;

/// <summary>The devices of a site in order of appearance.</summary>
internal sealed class DeviceList
{
    /// <summary>Stations, feeders, scales, nodes; ear tags that speak for themselves are limited by the animals a site may hold.</summary>
    public const int MaximumStations = 5_000;
    public const int Maximum = MaximumStations + Contracts.Sites.SiteLimits.AnimalsPerSite;

    private readonly List<SiteDevice> _devices = [];
    private readonly Dictionary<string, SiteDevice> _byId = new(StringComparer.Ordinal);
    private int _stations;

    public int Count => _devices.Count;

    public SiteDevice this[int number] => _devices[number];

    public SiteDevice? Find(string id) => _byId.GetValueOrDefault(id);

    public bool HasRoomFor(DeviceKind kind) => Count < Maximum && (kind == DeviceKind.EarTag || _stations < MaximumStations);

    public SiteDevice Of(string id, DeviceKind kind)
    {
        if (_byId.TryGetValue(id, out var known))
        {
            return known;
        }

        var added = new SiteDevice(id, kind, _devices.Count);
        _devices.Add(added);
        _byId.Add(id, added);
        _stations += kind == DeviceKind.EarTag ? 0 : 1;
        return added;
    }

    public List<SiteDevice>.Enumerator GetEnumerator() => _devices.GetEnumerator();
}
