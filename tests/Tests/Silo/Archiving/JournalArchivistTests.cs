using Earmark.Contracts.Sites;
using Earmark.Silo.Archiving;
using Earmark.Storage.Book;
using Earmark.Storage.Journal;
using Earmark.Tests.Gateway.Doubles;
using Earmark.Tests.Portal.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Earmark.Tests.Silo.Archiving;

public sealed class JournalArchivistTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
    private readonly List<string> _told = [];
    private readonly Dictionary<int, string> _hindrances = [];

    [Fact]
    public async Task Old_periods_go_oldest_first_once_each_site_that_needs_it_has_an_opening_and_younger_ones_stay()
    {
        Assert.Equal(2, await LookAsync(new Sites(opens: true), Period(1, closedDaysAgo: 40), Period(2, 31), Period(3, 29), Period(4, null)));
        Assert.Equal(["opening ranch-1", "opening yard-1"], _told[..2].Order(StringComparer.Ordinal));
        Assert.Equal("detach 1 to archive, tailed to 77", _told[2]);
        Assert.Equal(["opening ranch-1", "opening yard-1"], _told[3..5].Order(StringComparer.Ordinal));
        Assert.Equal(["detach 2 to archive, tailed to 77"], _told[5..]);
    }

    [Fact]
    public async Task What_can_not_go_keeps_the_younger_ones_too_and_a_failing_site_stops_no_other()
    {
        _hindrances[1] = "2 sites have no opening state";
        Assert.Equal(0, await LookAsync(new Sites(opens: false), Period(1, 40), Period(2, 31)));
        Assert.Contains("opening yard-1", _told);
        Assert.Equal("detach 1 to archive, tailed to 77", _told[^1]);
    }

    [Fact]
    public async Task A_period_already_detached_is_left_alone() =>
        Assert.Equal(0, await LookAsync(new Sites(opens: true), Period(1, 40) with { DetachedAt = Now }));

    private async Task<int> LookAsync(Sites sites, params JournalPeriod[] kept)
    {
        var periods = Scripted.Of<IJournalPeriods>();
        periods.On(nameof(IJournalPeriods.PeriodsAsync), _ => Task.FromResult<IReadOnlyList<JournalPeriod>>(kept));
        periods.On(nameof(IJournalPeriods.SitesWithoutOpeningAsync), _ => Task.FromResult<IReadOnlyList<string>>(["ranch-1", "yard-1", "not-in-the-book"]));
        periods.On(nameof(IJournalPeriods.DetachAsync), asked =>
        {
            _told.Add($"detach {asked[0]} to {asked[1]}, tailed to {asked[2]}");
            return Task.FromResult(new Detachment(_hindrances.GetValueOrDefault((int)asked[0]!), null, 10));
        });
        var register = Scripted.Of<IRegister>();
        register.On(nameof(IRegister.SitesAsync), _ => Task.FromResult<IReadOnlyList<SiteRow>>(
            [new SiteRow("ranch-1", "bank", (int)SiteKind.Ranch, "Ranch", "pen-1", null, null), new SiteRow("yard-1", "bank", (int)SiteKind.Warehouse, "Yard", "zone-a", null, null)]));
        var archivist = new JournalArchivist(
            periods.Object, register.Object, GrainsDouble.Of((_, key) => sites.Of(key, _told)), new FixedTime(), NullLogger<JournalArchivist>.Instance);
        var answers = await archivist.ArchiveAsync("archive", TimeSpan.FromDays(30), 77, TestContext.Current.CancellationToken);
        Assert.All(answers.SkipLast(1), answer => Assert.Null(answer.Answer.Because));
        return answers.Count(answer => answer.Answer.Because is null);
    }

    private static JournalPeriod Period(int number, int? closedDaysAgo) =>
        new(number, Now.AddDays(-90), closedDaysAgo is { } days ? Now.AddDays(-days) : null, 0, 10, null, null);

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Sites(bool opens)
    {
        public object Of(string site, List<string> told)
        {
            var grain = Scripted.Of<IRanchOrWarehouse>();
            grain.On(nameof(ISiteGrain.JournalOpening), _ =>
            {
                lock (told)
                {
                    told.Add($"opening {site}");
                }

                return !opens && site == "ranch-1" ? throw new TimeoutException("no answer") : new ValueTask<bool>(opens);
            });
            return grain.Object;
        }
    }
}

public interface IRanchOrWarehouse : IRanchGrain, IWarehouseGrain;
