using Earmark.Contracts.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Stations;
using Earmark.Silo.Sites.Transfers;
using Earmark.Silo.Sites.Transitions;

namespace Earmark.Silo.Sites;

/// <summary>What the state of every kind of site holds. Changed only by the fold.</summary>
internal sealed class SiteCore
{
    /// <summary>More than this between two entries is our own downtime: neither a device's silence nor cover of anything. Longer than the largest step of a stepped clock.</summary>
    public const int DowntimeSeconds = 360;
    public const int NamedQuarantines = 100;

    public string InstitutionId { get; set; } = "";

    public bool Defined => InstitutionId.Length > 0;

    public long Position { get; set; }

    /// <summary>Time of the last entry: how far the site has come.</summary>
    public DateTimeOffset At { get; set; } = DateTimeOffset.UnixEpoch;

    public uint Now => Seconds.Of(At);

    /// <summary>Raised by each change of definition, stations or policy.</summary>
    public int SettingsVersion { get; set; }

    /// <summary>End of our last downtime; silence is counted from here at the earliest.</summary>
    public uint UpSince { get; set; }

    /// <summary>Our downtimes in all, in seconds of domain time.</summary>
    public long DowntimeTotalSeconds { get; set; }

    /// <summary>Entries that threw and are skipped; the first of them by position.</summary>
    public List<QuarantineMark> Quarantined { get; } = [];

    public SitePolicy Policy { get; set; } = SitePolicy.Default;

    public NameIndex Zones { get; set; } = new();

    public NameIndex Facilities { get; set; } = new();

    public NameIndex PriceClasses { get; set; } = new();

    public NameIndex Grades { get; set; } = new();

    public DeviceList Devices { get; } = new();

    public CoverageMap Coverage { get; } = new();

    public CommandWindow Commands { get; } = new();

    public TransitionList Transitions { get; } = new();

    public TransferList Transfers { get; } = new();

    /// <summary>Entry time of the newest frame; 0 before the first.</summary>
    public uint LastFrame { get; set; }

    /// <summary>Newest believed event time of any station, or when the first one was bound; 0 while there is no station.</summary>
    public uint LastStationHeard { get; set; }

    /// <summary>Since when no station of the site has been heard, seen from a given second; null while it is observed or has no station.</summary>
    public DateTimeOffset? UnobservedSince(uint now) =>
        LastStationHeard != 0 && now >= LastStationHeard + (uint)Policy.UnobservedSeconds ? Seconds.At(LastStationHeard) : null;

    /// <summary>The site at a glance, with what its own fold counts.</summary>
    public SiteSummary Summary(
        string siteId, SiteKind kind, long epoch, byte[] chainHead, byte[] stateHash, long[] duplicates, Dictionary<string, long> counts, ZoneSummary[] zones)
    {
        counts["quarantined-entries"] = Quarantined.Count;
        counts["downtime-seconds"] = DowntimeTotalSeconds;
        counts["open-transitions"] = Transitions.Open.Count;
        var stations = new List<StationSummary>();
        foreach (var device in Devices)
        {
            if (device.Kind != FirmwareProtocols.DeviceKind.EarTag)
            {
                stations.Add(device.Summary(this, device.Number < duplicates.Length ? duplicates[device.Number] : 0));
            }
        }

        return new SiteSummary(
            siteId,
            kind,
            epoch,
            Position,
            At,
            Seconds.AtOrNever(LastFrame),
            UnobservedSince(Now),
            counts,
            zones,
            [.. stations],
            chainHead,
            stateHash);
    }

    /// <summary>Moves to an entry; a long pause before it was ours.</summary>
    public void Advance(in FoldEntry entry)
    {
        var now = Seconds.Of(entry.At);
        if (Position == 0)
        {
            UpSince = now;
        }
        else if (now - Now > DowntimeSeconds)
        {
            DowntimeTotalSeconds += now - Now;
            UpSince = now;
        }

        Position = entry.Position;
        At = entry.At;
    }
}

/// <summary>The body of a quarantine entry: the position that is skipped, and what was thrown there.</summary>
internal sealed record QuarantineMark(long Position, string Because)
{
    public const int MaximumText = 200;

    public static string Of(Exception thrown)
    {
        var text = $"{thrown.GetType().Name}: {thrown.Message}";
        return text.Length <= MaximumText ? text : text[..MaximumText];
    }
}
