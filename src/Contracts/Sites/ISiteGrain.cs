using Orleans.Concurrency;

namespace Earmark.Contracts.Sites;

/// <summary>
/// The single writer of one site. Key: the site's name. Everything that changes it is an entry of its journal;
/// what is answered is durable. Queries see applied state only.
/// </summary>
[Alias("earmark.site")]
public interface ISiteGrain : IGrainWithStringKey
{
    /// <summary>Journals and applies frames; one receipt a frame, in order.</summary>
    [Alias("record")]
    ValueTask<FrameReceipt[]> Record(FrameBatch batch);

    /// <summary>Journals and applies a person's or a grain's command; the same command id answers with the first result.</summary>
    [Alias("submit")]
    ValueTask<CommandReceipt> Submit(SiteCommand command);

    /// <summary>Why a command would be refused as things stand; null when it would be accepted or was before. Changes nothing and promises nothing.</summary>
    [Alias("why-not"), AlwaysInterleave]
    ValueTask<CommandReceipt?> WhyNot(SiteCommand command);

    /// <summary>Journals the passing of time and re-evaluates silence, transitions and reports. Called by the keeper.</summary>
    [Alias("tick")]
    ValueTask Tick(DateTimeOffset now);

    /// <summary>
    /// Journals an opening state: from here on the site can be computed again without its earlier entries, which may then go into an
    /// archive. False when it could not now, or when the journal keeps every entry anyway.
    /// </summary>
    [Alias("opening")]
    ValueTask<bool> JournalOpening();

    /// <summary>Returns when every report owed upward has been delivered at least once since the last change.</summary>
    [Alias("flush"), AlwaysInterleave]
    ValueTask Flush();

    [Alias("summary"), AlwaysInterleave]
    ValueTask<SiteSummary> Summary();

    /// <summary>The frames' positions and hashes last journaled for one device, newest first, at most <paramref name="count"/>.</summary>
    [Alias("recent"), AlwaysInterleave]
    ValueTask<DeviceActivity?> Activity(string deviceId);

    /// <summary>A report as it would be sent now, computed again from state: for explanation and for comparing with a replay.</summary>
    [Alias("report"), AlwaysInterleave]
    ValueTask<CollateralReport?> ReportFor(string facilityId);

    /// <summary>Open transfers and the assets of this site as evidence behind a facility's value, filtered by exclusion reason.</summary>
    [Alias("assets"), AlwaysInterleave]
    ValueTask<AssetPage> Assets(AssetQuery query);

    [Alias("asset"), AlwaysInterleave]
    ValueTask<AssetDetail?> Asset(string assetId);
}
