using Earmark.Contracts.Lending;
using Earmark.Contracts.Time;
using Earmark.DeviceSim.World;

namespace Earmark.Host.Demo;

/// <summary>Three facilities with their pledges, and the first loan on each.</summary>
internal static class DemoLending
{
    private static readonly TimeSpan WaitForReports = TimeSpan.FromSeconds(20);

    /// <summary>Share of the borrowing base the demo's borrowers have drawn.</summary>
    private const decimal DrawnShare = 0.85m;

    public static async Task OpenAsync(IGrainFactory grains, int cattle, DomainClock clock, Action<string> say, CancellationToken cancel)
    {
        foreach (var plan in Plans(cattle))
        {
            var desk = grains.GetGrain<ILendingDeskGrain>(DemoCast.Bank);
            DemoRegistrar.Require(await desk.OpenFacility(plan.Opening), plan.Opening.FacilityId);
            var facility = grains.GetGrain<IFacilityGrain>(plan.Opening.FacilityId);
            foreach (var (assets, chunk) in plan.AssetIds.Chunk(Contracts.Sites.SiteLimits.AssetsPerCommand).Select((a, c) => (a, c)))
            {
                var pledge = new PledgeOrder($"{plan.Opening.FacilityId}-pledge-{chunk}", DemoCast.By, plan.SiteId, assets, $"zdw-demo-{plan.SiteId}");
                DemoRegistrar.Require(await facility.Pledge(pledge), $"{plan.Opening.FacilityId} pledge");
            }

            await DrawAsync(facility, plan.Opening.FacilityId, clock, say, cancel);
        }
    }

    /// <summary>Goods that no scale has weighed yet have no value to draw against; then the facility simply starts undrawn.</summary>
    private static async Task DrawAsync(IFacilityGrain facility, string facilityId, DomainClock clock, Action<string> say, CancellationToken cancel)
    {
        var view = await CurrentAsync(facility, cancel);
        var amount = view is null ? 0 : (long)(view.BorrowingBaseFen * DrawnShare) / 1_000_00 * 1_000_00;
        if (amount <= 0)
        {
            say($"  {facilityId}: pledged, nothing drawn yet (no value reported)");
            return;
        }

        var firstDue = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddMonths(1);
        var receipt = await facility.Draw(new DrawOrder($"{facilityId}-draw-1", DemoCast.By, amount, "内蒙古示范饲料有限公司", 12, firstDue));
        say(receipt.Accepted
            ? $"  {facilityId}: pledged, {amount / 100m:N2} yuan drawn"
            : $"  {facilityId}: pledged, the draw was refused ({receipt.Reason} {receipt.Detail})");
    }

    private static async Task<FacilityView?> CurrentAsync(IFacilityGrain facility, CancellationToken cancel)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(until) < WaitForReports)
        {
            if (await facility.View() is { State: "current" } view && view.EligibleValueFen > 0)
            {
                return view;
            }

            await Task.Delay(200, cancel);
        }

        return await facility.View();
    }

    private static IEnumerable<(FacilityOpening Opening, string SiteId, string[] AssetIds)> Plans(int cattle)
    {
        yield return (
            Opening(DemoCast.RanchFacility, "智慧牧场贷", DemoCast.RanchBorrower, "敕勒川牧业（示范）", DemoCast.BeefCattle, 80_000_000),
            DemoCast.Ranch,
            [.. Enumerable.Range(1, cattle).Select(DemoCast.Animal)]);
        yield return (
            Opening(DemoCast.WarehouseFacility, "智慧仓储贷", "borrower-granary", "丰州粮贸（示范）", DemoCast.Grain, 5_000_000),
            DemoCast.Warehouse,
            [.. Enumerable.Range(1, WorldDefaults.Lots - WorldDefaults.TradedLots).Select(i => $"lot-{i:000}")]);
        yield return (
            Opening(DemoCast.LogisticsFacility, "智慧物流贷", "borrower-fleet", "北疆冷链（示范）", DemoCast.FrozenBeef, 20_000_000),
            DemoCast.Fleet,
            [.. Enumerable.Range(1, WorldDefaults.Trucks).Select(i => $"shipment-{i:00}")]);
    }

    private static FacilityOpening Opening(string id, string product, string borrowerId, string borrower, string priceClass, long limitYuan) => new(
        $"{id}-open", DemoCast.By, id, product, borrowerId, borrower, limitYuan * 100, 43_500, [priceClass], 200_000, 600_000, DemoCast.Lines, 5);
}
