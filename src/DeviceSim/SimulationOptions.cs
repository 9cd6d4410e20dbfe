using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Link;
using Earmark.DeviceSim.Scripts;
using Earmark.DeviceSim.Time;
using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Warehouses;

namespace Earmark.DeviceSim;

/// <summary>Everything a simulation needs, however it is started.</summary>
public sealed record SimulationOptions
{
    /// <summary>Where Earmark's broker, or any MQTT 5 broker before it, listens.</summary>
    public required string MqttHost { get; init; }

    public required int MqttPort { get; init; }

    /// <summary>As in a devices file; see <see cref="DevicesFile"/>.</summary>
    public required IReadOnlyList<SimulatedDevice> Devices { get; init; }

    public required ISimulationClock Clock { get; init; }

    /// <summary>A folder of its own; made when missing.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Null: the scenario's, or the folder's, or the default.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Null: go on with what the folder has played so far, or ordinary days.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>Ground truth as JSON lines; null for none.</summary>
    public string? TruthFile { get; init; }

    /// <summary>Step a stepped clock, one round at a time, each after all frames due are acknowledged.</summary>
    public bool Drive { get; init; }

    /// <summary>Stop once so much domain time has passed; null: never.</summary>
    public TimeSpan? RunFor { get; init; }

    /// <summary>Goods at the start by site; a site not named gets <see cref="WorldDefaults.Lots"/> lots "lot-001" and on.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Lot>>? Lots { get; init; }

    public LinkLimits Limits { get; init; } = LinkLimits.Default;
}
