using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Outbound;
using Earmark.Silo.Sites.Writing;
using Earmark.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Earmark.Tests.Silo.Sites;

/// <summary>One silo with site grains over a journal that outlives it, so that a test can restart it or start two.</summary>
internal sealed class SiteCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private SiteCluster(InProcessTestCluster cluster, HandClock clock, RecordingNeighbours neighbours)
    {
        _cluster = cluster;
        Clock = clock;
        Neighbours = neighbours;
    }

    public HandClock Clock { get; }

    public RecordingNeighbours Neighbours { get; }

    public static async Task<SiteCluster> StartAsync(IJournal journal, HandClock? clock = null, RecordingNeighbours? neighbours = null)
    {
        var (itsClock, itsNeighbours) = (clock ?? new HandClock(), neighbours ?? new RecordingNeighbours());
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services
            .AddSingleton(journal)
            .AddSingleton<DomainClock>(itsClock)
            .AddSingleton<ISiteNeighbours>(itsNeighbours)
            .AddEarmarkSites());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new SiteCluster(cluster, itsClock, itsNeighbours);
    }

    public ISiteGrain Site(SiteKind kind, string siteId) => _cluster.Client.Site(kind, siteId);

    public IGrainFactory Grains => _cluster.Client;

    public T Grain<T>(string key)
        where T : IGrainWithStringKey => _cluster.Client.GetGrain<T>(key);

    /// <summary>Sees that nothing but accepted commands goes on.</summary>
    public static async Task Accepted(ValueTask<CommandReceipt> submitting)
    {
        var receipt = await submitting;
        Xunit.Assert.True(receipt.Accepted, $"{receipt.Reason}: {receipt.Detail}");
    }

    /// <summary>The site's journal folded again from nothing is the site.</summary>
    public async Task EqualsRecomputation(IJournal journal, SiteKind kind, string siteId, string facilityId)
    {
        var summary = await Site(kind, siteId).Summary();
        var report = await Site(kind, siteId).ReportFor(facilityId);
        var fold = await SiteReplay.FoldAsync(journal, kind, siteId, CancellationToken.None);
        Xunit.Assert.Equal(Convert.ToHexString(fold!.StateHash()), Convert.ToHexString(summary.StateHash));
        Xunit.Assert.Equivalent(fold.Report(facilityId, report!.Epoch, report.Revision), report, strict: true);
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
