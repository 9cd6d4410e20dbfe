using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Scripts;
using Earmark.DeviceSim.State;
using Earmark.DeviceSim.Truth;
using Earmark.DeviceSim.World;
using Earmark.FirmwareProtocols;

namespace Earmark.DeviceSim;

/// <summary>Decides which world a start means, and builds it up to now.</summary>
internal static class SimulationStart
{
    /// <summary>A clock may be so far behind the folder: then time just has to come up to it.</summary>
    private static readonly TimeSpan ClockMayLag = TimeSpan.FromMinutes(5);

    /// <summary>The world of the folder, or a new one; null and the reason when folder and options contradict each other. Writes nothing.</summary>
    public static (WorldRecord? World, string Error) Choose(SimulationOptions options, StateFolder folder, DateTimeOffset now)
    {
        Scenario? script = options.Scenario;
        if (folder.ReadWorld() is not { } world)
        {
            HashSet<string> reserved = [.. script?.Acts.Select(act => act.Tag ?? "") ?? []];
            IEnumerable<string> herd = options.Devices.Where(device => device.Kind == DeviceKind.EarTag).Select(device => device.DeviceId);
            ulong seed = options.Seed ?? script?.Seed ?? WorldDefaults.Seed;
            return (new WorldRecord(seed, now, script?.Natural ?? true, [.. herd.Where(tag => !reserved.Contains(tag))]), "");
        }

        string error = options.Seed is { } wanted && wanted != world.Seed
                ? $"{folder.FolderPath} holds a world of seed {world.Seed}, not {wanted}: give another --state."
            : script is not null && script.Natural != world.Natural
                ? $"{folder.FolderPath} holds a world with \"natural\": {(world.Natural ? "true" : "false")}, the script wants the other: give another --state."
            : folder.ReadNow() is { } reached && reached > now + ClockMayLag
                ? $"{folder.FolderPath} holds a world that is at {reached:O}, but Earmark's clock is at {now:O}: give another --state."
            : "";
        return (error.Length == 0 ? world : null, error);
    }

    /// <summary>The sites with every script on their timeline, not yet advanced; null and the reason when the script does not fit.</summary>
    public static SimulatedSites? Build(
        SimulationOptions options, StateFolder folder, WorldRecord world, DateTimeOffset now, ITruthLog truth, IFrameSink sink, out string error)
    {
        Pauses pauses = folder.ReadPauses();
        DateTimeOffset? reached = folder.ReadNow();
        if (reached < now)
        {
            pauses.Add(reached.Value, now);
        }

        var sites = new SimulatedSites(
            options.Devices, world.Seed, world.StartedAt, world.Natural, truth, sink, pauses, options.Lots, world.Herd.ToHashSet());
        foreach (Scenario played in folder.ReadScripts())
        {
            sites.Play(played.Acts, world.StartedAt);
        }

        bool fresh = options.Scenario is not null && !folder.HasPlayed(options.Scenario);
        error = fresh ? sites.Check(options.Scenario!) ?? "" : "";
        if (error.Length > 0)
        {
            sites.Dispose();
            return null;
        }

        if (folder.ReadWorld() is null)
        {
            folder.WriteWorld(world);
        }

        if (reached < now)
        {
            folder.KeepPause(reached.Value, now);
        }

        if (fresh)
        {
            folder.KeepScript(options.Scenario!, now);
            sites.Play(options.Scenario!.Acts, now);
        }

        return sites;
    }
}
