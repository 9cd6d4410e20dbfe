using System.Security.Cryptography;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Reports;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Silo.Sites.Stations;

namespace Earmark.Silo.Sites;

/// <summary>
/// The fold of one site's journal: state is what <see cref="Apply"/> made of the entries in order, and nothing else. It knows no
/// clock and does no I/O. The grain, a recomputation and <c>rebuild</c> use this same code.
/// </summary>
internal abstract partial class SiteFold(string siteId)
{
    /// <summary>
    /// Raised when the same entries would give another state, or a snapshot other columns. 2: a ranch keeps what all weighings of an animal say together;
    /// state of version 1 is read with the last weighing as the only one. 4: a ranch keeps
    /// when rounds of its stations were finished; older state is read with none (3 kept them by pen).
    /// </summary>
    public const int ApplyVersion = 4;

    /// <summary>How long what a report says stays not too high without news.</summary>
    public const int ReportValidSeconds = 120;

    private const int ExpectedBytes = 65_536;
    private const int BytesPerAsset = 200;

    public string SiteId { get; } = siteId;

    public abstract SiteKind Kind { get; }

    public SiteCore Core { get; } = new();

    /// <summary>Kinds of device whose frames belong on such a site.</summary>
    public abstract bool Hears(DeviceKind kind);

    /// <summary>Whether a payload would be read; asked before the frame is journaled.</summary>
    public abstract Refusal Check(DeviceKind kind, ReadOnlySpan<byte> payload);

    /// <summary>Why a declaration cannot be accepted as things stand; null when it can. Asked before it is journaled.</summary>
    public CommandReceipt? Check(SiteCommand command) =>
        !Core.Defined && command is not DefineSite ? CommandReceipt.Refuse("site-not-defined", "The site has to be opened first.")
        : SettingCommands.Is(command) ? SettingCommands.Check(this, command)
        : AssetCommands.Is(command) ? AssetCommands.Check(Core, Columns, command)
        : CheckOwn(command);

    /// <summary>Assets past and present, for limits of work.</summary>
    public abstract int AssetCount { get; }

    /// <summary>What is known of a device that is heard by others only, such as a tag; null for an unknown one.</summary>
    public virtual DeviceActivity? HeardThroughOthers(string deviceId) => null;

    public abstract SiteSummary Summary(long epoch, byte[] chainHead, byte[] stateHash, long[] duplicates);

    public abstract AssetPage Assets(AssetQuery query);

    public abstract AssetDetail? Asset(string assetId);

    /// <summary>What a report to a facility says, all but epoch and revision. Computed from state alone.</summary>
    public CollateralReport Report(string facilityId, long epoch, long revision)
    {
        var second = Core.Now + ReportValidSeconds;
        var rows = new ReportRows(Core);
        if (Core.Facilities.TryFind(facilityId, out var facility))
        {
            Collect(rows, facility, second);
        }

        var freshness = Core.Policy.Freshness();
        return new CollateralReport(
            SiteId,
            facilityId,
            epoch,
            Core.Position,
            revision,
            Core.At,
            Core.At.AddSeconds(ReportValidSeconds),
            Core.UnobservedSince(Core.Now),
            rows.Rows(),
            rows.Excluded(),
            [.. Core.Transfers.Outgoing.Where(hold => !hold.Closed && hold.FacilityId == facilityId).Select(hold => hold.Outgoing(freshness, second))],
            [.. Core.Transfers.Accepted.Where(hold => !hold.Closed && hold.FacilityId == facilityId).Select(hold => hold.Accepted())]);
    }

    /// <summary>The canonical bytes of the state: equal states, equal bytes.</summary>
    public byte[] Snapshot()
    {
        var columns = new ColumnWriter(ExpectedBytes + (AssetCount * BytesPerAsset));
        CoreColumns.Write(columns, Core);
        Write(columns);
        return columns.Written.ToArray();
    }

    public byte[] StateHash() => SHA256.HashData(Snapshot());

    /// <exception cref="InvalidDataException">a column is missing or of another shape</exception>
    public void Restore(ReadOnlyMemory<byte> snapshot)
    {
        var columns = new ColumnReader(snapshot);
        CoreColumns.Read(columns, Core);
        Read(columns);
    }

    /// <summary>Sums what of this facility's assets will count at <paramref name="second"/> if nothing more is heard.</summary>
    protected abstract void Collect(ReportRows rows, ushort facility, uint second);

    /// <summary>Takes a believed, trusted reading.</summary>
    protected abstract void Take(SiteDevice device, in EnvelopeHeader header, ReadOnlySpan<byte> payload, uint second, long position);

    protected abstract IAssetColumns Columns { get; }

    /// <summary>As <see cref="Check(SiteCommand)"/>, for what only this kind of site knows; anything else is refused.</summary>
    protected abstract CommandReceipt? CheckOwn(SiteCommand command);

    /// <summary>Takes an accepted declaration of its own kind; conditions that no longer hold change nothing.</summary>
    protected abstract void Take(SiteCommand command, long position);

    /// <summary>Time has come to an entry: presence, waning, what was touched late.</summary>
    protected abstract void Pass();

    protected abstract void Write(ColumnWriter columns);

    protected abstract void Read(ColumnReader columns);
}
