using Earmark.Contracts.Alarms;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Outbound;
using Earmark.Silo.Sites.Reports;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Silo.Sites.Stations;
using Earmark.Silo.Sites.Writing;
using Earmark.Storage.Journal;
using Earmark.Tests.Silo.Cattle;
using Earmark.Valuation;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Earmark.Tests.Silo.Sites;

/// <summary>An entry that cannot be applied is set aside by a mark in the journal, and everything after it goes on.</summary>
public sealed class PoisonTests
{
    private readonly InMemoryJournal _journal = new();

    [Fact]
    public async Task An_entry_that_throws_half_way_is_marked_and_its_half_is_undone()
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var site = cluster.Grain<IBrittleGrain>("brittle");
        await site.Submit(RanchWorld.Define);
        await site.Submit(Counting("one", 1));
        var poisoned = await site.Submit(Counting("two", BrittleFold.Breaking));
        var after = await RetryAsync(() => site.Submit(Counting("three", 2)));

        // It was durable, so it was accepted; it is only never applied.
        Assert.True(poisoned.Accepted && after.Accepted);
        var counts = (await site.Summary()).Counts;
        Assert.Equal((3, 1), (counts["sum"], counts["quarantined-entries"]));
        Assert.Equal(
            [EntryKind.Command, EntryKind.Command, EntryKind.Command, EntryKind.Quarantine, EntryKind.Command],
            _journal.Entries("brittle").Select(entry => entry.Kind));
        await site.Flush();
        Assert.Contains(cluster.Neighbours.Standings.Last().Causes, cause => cause.Cause == "entry-quarantined" && cause.Detail.StartsWith("entry 3:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mark_that_could_not_be_written_is_written_by_the_next_activation()
    {
        await using (var cluster = await SiteCluster.StartAsync(_journal))
        {
            var site = cluster.Grain<IBrittleGrain>("brittle");
            await site.Submit(RanchWorld.Define);
            await site.Submit(Counting("one", 1));
            _journal.FailAfter = 1;
            await site.Submit(Counting("two", BrittleFold.Breaking));
            Assert.DoesNotContain(_journal.Entries("brittle"), entry => entry.Kind == EntryKind.Quarantine);
        }

        _journal.FailAfter = null;
        await using var restarted = await SiteCluster.StartAsync(_journal);
        Assert.Equal(1, (await restarted.Grain<IBrittleGrain>("brittle").Summary()).Counts["sum"]);
        Assert.Equal(EntryKind.Quarantine, _journal.Entries("brittle")[^1].Kind);
    }

    [Fact]
    public async Task A_command_this_version_cannot_read_is_set_aside()
    {
        await using (var cluster = await SiteCluster.StartAsync(_journal))
        {
            await RanchGrainTests.OpenAsync(cluster, animals: 2);
        }

        var head = await _journal.TakeEpochAsync(RanchWorld.Site, CancellationToken.None);
        using var writer = new SiteWriter(_journal, head, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Equal(AppendOutcome.Written, await writer.AppendAsync([Draft.Command("{\"command\":\"sing\"}"u8.ToArray(), HandClock.Start)], 1));

        await using var restarted = await SiteCluster.StartAsync(_journal);
        var summary = await restarted.Grain<IRanchGrain>(RanchWorld.Site).Summary();
        Assert.Equal((1, 2), (summary.Counts["quarantined-entries"], summary.Counts["animals"]));
        await restarted.EqualsRecomputation(_journal, SiteKind.Ranch, RanchWorld.Site, RanchWorld.Facility);
    }

    private static CloseTransfer Counting(string id, int number) => new(id, "test", number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<CommandReceipt> RetryAsync(Func<ValueTask<CommandReceipt>> submit)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await submit() is { Reason: not ("quarantined" or "catching-up") } receipt)
            {
                return receipt;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException();
    }
}

public interface IBrittleGrain : ISiteGrain;

internal sealed class BrittleGrain(IJournal journal, DomainClock clock, ISiteNeighbours neighbours, ILogger<BrittleGrain> log)
    : SiteGrain(SiteKind.Ranch, journal, clock, neighbours, log), IBrittleGrain
{
    protected override SiteFold NewFold() => new BrittleFold();
}

/// <summary>Adds the numbers in transfer ids, and breaks after adding one of them.</summary>
internal sealed class BrittleFold() : SiteFold("brittle")
{
    public const int Breaking = 1_000;

    private long _sum;

    public override SiteKind Kind => SiteKind.Ranch;

    public override int AssetCount => 0;

    protected override IAssetColumns Columns => throw new NotSupportedException();

    public override bool Hears(DeviceKind kind) => false;

    public override Refusal Check(DeviceKind kind, ReadOnlySpan<byte> payload) => default;

    public override SiteSummary Summary(long epoch, byte[] chainHead, byte[] stateHash, long[] duplicates) =>
        Core.Summary(SiteId, Kind, epoch, chainHead, stateHash, duplicates, new Dictionary<string, long> { ["sum"] = _sum }, []);

    public override AssetPage Assets(AssetQuery query) => new(0, []);

    public override AssetDetail? Asset(string assetId) => null;

    protected override IEnumerable<StandingCause> OwnCauses() => [];

    protected override CommandReceipt? CheckOwn(SiteCommand command) => null;

    protected override void Collect(ReportRows rows, ushort facility, uint second)
    {
    }

    protected override void Take(SiteDevice device, in EnvelopeHeader header, ReadOnlySpan<byte> payload, uint second, long position)
    {
    }

    protected override void Take(SiteCommand command, long position)
    {
        var number = int.Parse(((CloseTransfer)command).TransferId, System.Globalization.CultureInfo.InvariantCulture);
        _sum += number;
        if (number == Breaking)
        {
            throw new InvalidOperationException("half of it is done");
        }
    }

    protected override void Pass()
    {
    }

    protected override void Write(ColumnWriter columns) => columns.Rows<long>("sum", [_sum]);

    protected override void Read(ColumnReader columns) => _sum = columns.Rows<long>("sum")[0];
}
