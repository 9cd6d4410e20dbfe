using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Tests.Portal.Hosting;

namespace Earmark.Tests.Portal.Pages;

/// <summary>A herd line of 5 million with 2 million owed on 3 million: 66.7 %, warning.</summary>
internal static class LendingSamples
{
    public const string Loan = Samples.Facility + "-loan-1";
    public const string Call = Samples.Facility + "-call-9";

    public static readonly LinesView Lines = new(600_000, 700_000, 800_000, 900_000, 20_000);

    public static FacilityView View(long debtFen = 200_000_000, string? call = null, string facilityId = Samples.Facility) => new(
        facilityId,
        PortalHost.Bank,
        "李家牧业",
        "cattle-line",
        9,
        "current",
        500_000_000,
        debtFen,
        debtFen - 1_000,
        1_000,
        400_000_000,
        300_000_000,
        210_000_000,
        debtFen * 1_000_000 / 300_000_000,
        call is null ? "clear" : "margin-call",
        Lines,
        7,
        Samples.Now.AddSeconds(-20),
        Samples.Now.AddMinutes(2),
        null,
        [
            new FactorRow(Samples.Ranch, "beef-cattle", "simmental", "pen-a", 300, 150_000_000, 150_000_000, 120_000_000, 115_000_000, 3_000_000, 200_000, 345_000_000, 276_000_000, null),
        ],
        [new ExcludedQuantity("silent", "beef-cattle", "simmental", 2, 1_000_000, [Samples.Cow, "cow-0002"])],
        ["excluded:silent", "freshness"],
        [new SiteStanding(Samples.Ranch, 3, 4_711, Samples.Now.AddSeconds(-20), Samples.Now.AddMinutes(2), null)],
        call is null ? null : new MarginCallView(Call, Samples.Facility, call, Samples.Now.AddHours(-1), null, 250_000_000, 300_000_000, 833_333, 10_000_000, Samples.Now.AddDays(5), []));

    public static FacilityState Book { get; } = new(
        Samples.FacilityRow,
        [],
        [new LoanRow(
            Loan, Samples.Facility, 200_000_000, 43_500, new DateOnly(2026, 9, 1), "饲料公司",
            """[{"number":1,"dueOn":"2026-10-01","principalFen":100,"interestFen":10,"balanceAfterFen":300},{"number":2,"dueOn":"2026-12-01","principalFen":17000000,"interestFen":725000,"balanceAfterFen":200}]""",
            new DateOnly(2026, 11, 21), 0, "active")],
        null,
        new Dictionary<string, long> { ["loan-principal/" + Loan] = 199_999_000, ["interest-receivable/" + Loan] = 1_000 });

    public static MarginCallRow CallRow(string state = "opened") => new(
        Call, Samples.Facility, PortalHost.Bank, state, Samples.Now.AddHours(-1), state == "opened" ? null : Samples.Now, 250_000_000, 300_000_000, 833_333, 10_000_000,
        Samples.Now.AddHours(-3),
        $$"""[{"reason":"dead-presumed","count":30,"assetIds":["{{Samples.Cow}}","cow-0002"],"detail":"beef-cattle: 30"},{"reason":"dead-presumed","count":1,"assetIds":["cow-0003"],"detail":"later"}]""");

    /// <summary>Everything the pages of lending ask.</summary>
    public static void Script(PortalHost portal)
    {
        portal.Lending
            .On(nameof(ILendingBook.FacilityAsync), asked => Task.FromResult((string)asked[0]! == Samples.Facility ? Book : null))
            .Reads(nameof(ILendingBook.FacilitiesAsync), (IReadOnlyList<FacilityRow>)[Samples.FacilityRow])
            .Reads(nameof(ILendingBook.DecisionsAsync), (IReadOnlyList<DecisionRow>)
                [new DecisionRow("draw/x/1", Samples.Facility, 8, "draw", "refused", """{"ltvPpm":812000}""", """{"reason":"would-breach"}""", "officer", Samples.Now)])
            .Reads(nameof(ILendingBook.MarginCallsAsync), (IReadOnlyList<MarginCallRow>)[CallRow()]);
        portal.History.Reads(nameof(IHistory.ReadAsync), (IReadOnlyList<HistoryPoint>)
        [
            new HistoryPoint(HistorySeries.Facility, Samples.Facility, Samples.Now.AddDays(-1), [3e6, 2e6, 0.66, 2.1e6]),
            new HistoryPoint(HistorySeries.Facility, Samples.Facility, Samples.Now, [3e6, 2e6, double.NaN, 2.1e6]),
        ]);
        portal.Grains.Place<IPortfolioGrain>(PortalHost.Bank).Gives(nameof(IPortfolioGrain.Views), new[] { View() });
        portal.Grains.Place<IFacilityGrain>(Samples.Facility).Gives(nameof(IFacilityGrain.View), (FacilityView?)View());
    }
}
