using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.Silo.Sites.Frames;

namespace Earmark.Silo.Sites.Stations;

/// <summary>One device the site hears directly: a station, feeder, scale or node, or an ear tag that speaks for itself. Part of the state.</summary>
internal sealed class SiteDevice(string id, DeviceKind kind, int number)
{
    public string Id { get; } = id;

    public DeviceKind Kind { get; } = kind;

    /// <summary>Its place in the site's list, from 0.</summary>
    public int Number { get; } = number;

    public ushort Zone { get; set; }

    /// <summary>A station that covers its zone; only such a one can be silent.</summary>
    public bool Bound { get; set; }

    /// <summary>Watches over what is pledged, so that a site where all such are silent is unobserved; a feeder does not, and a tag speaks for itself alone.</summary>
    public bool KeepsWatch => Bound && Kind is not (DeviceKind.TmrFeeder or DeviceKind.EarTag);

    public uint BoundAt { get; set; }

    public uint CalibratedUntil { get; set; }

    /// <summary>Newest believed event time; 0 for never.</summary>
    public uint LastHeard { get; set; }

    public long Frames { get; set; }

    /// <summary>Frames whose time was not believed, or that were not trusted to change anything.</summary>
    public long Marked { get; set; }

    /// <summary>The newest frame's time was not believed.</summary>
    public bool ClockWrong { get; set; }

    /// <summary>The newest frame said that the housing was opened.</summary>
    public bool Tampered { get; set; }

    /// <summary>Frames named with an answer about the device.</summary>
    public const int NamedFrames = 20;

    public FrameWindow Window { get; } = new(kind == DeviceKind.EarTag ? FrameWindow.EarTagRing : FrameWindow.StationRing);

    public DeviceActivity Activity(long duplicates)
    {
        var named = Math.Min(Window.Ring.Count, NamedFrames);
        var positions = new long[named];
        for (var at = 0; at < named; at++)
        {
            positions[at] = Window.Ring[Window.Ring.Count - 1 - at].Position;
        }

        return new DeviceActivity(
            Id, Window.NewestBoot, Window.NewestSequence, Seconds.AtOrNever(LastHeard), Frames, duplicates, Marked, positions);
    }

    /// <summary>How long it may be quiet: a scale or a feeder speaks only when it is used, which is every day.</summary>
    public int SilentAfterSeconds(SitePolicy policy) =>
        Kind is DeviceKind.TmrFeeder or DeviceKind.WarehouseScale ? Math.Max(policy.UnobservedSeconds, (int)Seconds.Day) : policy.UnobservedSeconds;

    public StationSummary Summary(SiteCore core, long duplicates) => new(
        Id,
        DeviceKinds.Name(Kind),
        core.Zones[Zone],
        Seconds.AtOrNever(LastHeard),
        Bound && core.Now >= Math.Max(LastHeard, BoundAt) + (uint)SilentAfterSeconds(core.Policy),
        Frames,
        duplicates,
        Marked);
}
