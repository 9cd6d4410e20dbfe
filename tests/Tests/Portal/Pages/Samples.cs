using Earmark.Contracts.Sites;
using Earmark.Storage.Book;
using Earmark.Tests.Portal.Hosting;

namespace Earmark.Tests.Portal.Pages;

/// <summary>A ranch, a warehouse, a fleet and what stands in them, as their grains would tell it at <see cref="SetClock.Start"/>.</summary>
internal static class Samples
{
    public const string Ranch = "north-ranch";
    public const string Warehouse = "grain-store";
    public const string Fleet = "east-fleet";
    public const string OtherRanch = "foreign-ranch";
    public const string Cow = "cow-0001";
    public const string Tag = "156000000000001";
    public const string Facility = "herd-line";

    public static readonly DateTimeOffset Now = SetClock.Start;

    public static readonly SiteRow[] Sites =
    [
        new(Ranch, PortalHost.Bank, 1, "北坡牧场", "[]", 42.1, 119.2),
        new(Warehouse, PortalHost.Bank, 2, "粮食一库", "[]", null, null),
        new(Fleet, PortalHost.Bank, 3, "东线车队", "[]", null, null),
        new(OtherRanch, PortalHost.OtherBank, 1, "他行牧场", "[]", null, null),
    ];

    public static SiteSummary RanchSummary(bool isUnobserved = false) => new(
        Ranch,
        SiteKind.Ranch,
        3,
        4_711,
        Now,
        Now.AddMinutes(-2),
        isUnobserved ? Now.AddHours(-2) : null,
        new Dictionary<string, long> { ["animals"] = 2_000, ["heard-today"] = 1_990, ["missing"] = 3, ["dead-presumed"] = 1, ["feed-today-grams"] = 5_400_000 },
        [new ZoneSummary("pen-a", 1_000, 995, 2, 450_000_000)],
        [
            new StationSummary("station-1", "base-station", "pen-a", Now.AddSeconds(-40), false, 1_200, 3, 1),
            new StationSummary("station-2", "base-station", "pen-b", Now.AddHours(-2), true, 900, 0, 0),
        ],
        new byte[32],
        new byte[32]);

    public static AssetLine CowLine(string? excluded = null, string? facility = Facility) => new(
        Cow, Tag, "beef-cattle", "simmental", "pen-a", excluded ?? "healthy", excluded, facility, Now.AddHours(-30),
        500_000, excluded is null ? 420_000 : 0, 875_000, 1_000_000, 960_000, 3_870, 12);

    public static AssetDetail CowDetail(string? excluded = null) => new(
        CowLine(excluded),
        [new AssetFact("weighed-at", "2026-11-01T02:00:00Z"), new AssetFact("registered", "yes")],
        [4_700, 12],
        [
            new DigestBucket(Now.AddHours(-4), 50, 300, 5, 3_860),
            new DigestBucket(Now.AddHours(-2), 55, 280, 9, 3_880),
        ],
        []);

    public static AssetRow CowRow { get; } =
        new(Cow, PortalHost.Bank, Ranch, "animal", "beef-cattle", "simmental", "{}", Now.AddDays(-90), null, null);

    public static PriceRow BeefPrice { get; } = new("beef-cattle", "", 3_000_000, Now.AddDays(-1), "market-board", 7, "approver");

    public static FacilityRow FacilityRow { get; } = new(
        Facility,
        PortalHost.Bank,
        "li-farm",
        "李家牧业",
        "cattle-line",
        500_000_000,
        43_500,
        """{"priceClasses":["beef-cattle"],"haircutPpm":200000,"advanceRatePpm":700000,"lines":{"drawPpm":600000,"warningPpm":700000,"marginCallPpm":800000,"liquidationPpm":900000,"hysteresisPpm":20000},"cureBusinessDays":5}""",
        9,
        Now.AddDays(-200));
}
