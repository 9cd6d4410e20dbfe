using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Storage.Book;

namespace Earmark.Tests.Portal.Hosting;

/// <summary>One ranch and one facility at our bank, one of each at another: enough to see who sees what.</summary>
public static class Seeds
{
    public const string Ranch = "ranch-1";
    public const string OtherRanch = "ranch-2";
    public const string ForeignRanch = "foreign-ranch";
    public const string Facility = "ranch-loan";
    public const string ForeignFacility = "foreign-loan";
    public const string Borrower = "wang";

    public static void SitesAndFacilities(PortalHost host)
    {
        SiteRow[] sites = [Site(Ranch, PortalHost.Bank), Site(OtherRanch, PortalHost.Bank), Site(ForeignRanch, PortalHost.OtherBank)];
        FacilityRow[] facilities = [FacilityOf(Facility, PortalHost.Bank, Borrower), FacilityOf(ForeignFacility, PortalHost.OtherBank, "li")];
        host.Register
            .On(nameof(IRegister.SiteAsync), call => Task.FromResult(sites.FirstOrDefault(site => site.SiteId == (string)call[0]!)))
            .On(nameof(IRegister.SitesAsync), call => Task.FromResult<IReadOnlyList<SiteRow>>(
                [.. sites.Where(site => site.InstitutionId == (string)call[0]!)]));
        host.Lending
            .On(nameof(ILendingBook.FacilityAsync), call => Task.FromResult(
                facilities.FirstOrDefault(row => row.FacilityId == (string)call[0]!) is { } row
                    ? new FacilityState(row, [], [], null, new Dictionary<string, long>())
                    : null))
            .On(nameof(ILendingBook.FacilitiesAsync), call => Task.FromResult<IReadOnlyList<FacilityRow>>(
                [.. facilities.Where(row => row.InstitutionId == (string)call[0]!)]));
        host.Alarms.On(nameof(IAlarms.AlarmsAsync), _ => Task.FromResult<IReadOnlyList<AlarmRow>>([]));
        host.Grains.Place<IPortfolioGrain>(PortalHost.Bank).On(nameof(IPortfolioGrain.Views), _ => new ValueTask<FacilityView[]>([View()]));
        host.Grains.Place<IFacilityGrain>(Facility).On(nameof(IFacilityGrain.View), _ => new ValueTask<FacilityView?>(View()));
    }

    /// <summary>1,234,567.89 yuan of debt on 2,000,000 of value: 61.7284 %.</summary>
    public static FacilityView View(long debtFen = 123_456_789, long? ltvPpm = 617_284) => new(
        Facility,
        PortalHost.Bank,
        "Wang 王",
        "ranch",
        7,
        "current",
        200_000_000,
        debtFen,
        debtFen - 100,
        100,
        250_000_000,
        200_000_000,
        140_000_000,
        ltvPpm,
        "warning",
        new LinesView(550_000, 600_000, 700_000, 800_000, 10_000),
        3,
        SetClock.Start,
        SetClock.Start.AddMinutes(2),
        null,
        [new FactorRow(Ranch, "beef-cattle", "simmental", "pen-1", 30, 15_000_500, 15_000_000, 14_000_000, 13_000_000, 3_000_000, 200_000, 39_000_000, 31_200_000, null)],
        [new ExcludedQuantity("dead-presumed", "beef-cattle", "simmental", 2, 900_000, ["cow-1", "cow-2"])],
        ["excluded:dead-presumed"],
        [new SiteStanding(Ranch, 1, 42, SetClock.Start, SetClock.Start.AddMinutes(2), null)],
        null);

    private static SiteRow Site(string siteId, string institution) => new(siteId, institution, (int)SiteKind.Ranch, siteId, "pen-1 pen-2", null, null);

    private static FacilityRow FacilityOf(string facilityId, string institution, string borrower) =>
        new(facilityId, institution, borrower, borrower, "ranch", 200_000_000, 43_500, "{}", 7, SetClock.Start);
}
