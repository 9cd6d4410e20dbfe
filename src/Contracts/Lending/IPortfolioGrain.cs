using Orleans.Concurrency;

namespace Earmark.Contracts.Lending;

/// <summary>The newest view of every facility of one institution (key), for pages that show many. Holds no truth.</summary>
[Alias("earmark.portfolio")]
public interface IPortfolioGrain : IGrainWithStringKey
{
    [Alias("update")]
    ValueTask Update(FacilityView view);

    [Alias("views"), AlwaysInterleave]
    ValueTask<FacilityView[]> Views();
}

/// <summary>Opens facilities of one institution (key). Safe to repeat by order id.</summary>
[Alias("earmark.lending-desk")]
public interface ILendingDeskGrain : IGrainWithStringKey
{
    [Alias("open-facility")]
    ValueTask<Sites.CommandReceipt> OpenFacility(FacilityOpening opening);
}

/// <param name="AnnualRatePpm">0.0435 = 43,500.</param>
/// <param name="HaircutPpm">Taken from the value before it counts.</param>
/// <param name="ProductCode">Binds it to a product: rate, classes, haircuts, lines and cure period then come from there. Empty for terms of its own.</param>
/// <param name="ProductVersion">0 for the newest.</param>
[GenerateSerializer, Immutable, Alias("earmark.facility-opening")]
public sealed record FacilityOpening(
    [property: Id(0)] string OrderId,
    [property: Id(1)] string By,
    [property: Id(2)] string FacilityId,
    [property: Id(3)] string Product,
    [property: Id(4)] string BorrowerId,
    [property: Id(5)] string BorrowerName,
    [property: Id(6)] long LimitFen,
    [property: Id(7)] int AnnualRatePpm,
    [property: Id(8)] string[] PriceClasses,
    [property: Id(9)] int HaircutPpm,
    [property: Id(10)] int AdvanceRatePpm,
    [property: Id(11)] LinesView Lines,
    [property: Id(12)] int CureBusinessDays,
    [property: Id(13)] string ProductCode = "",
    [property: Id(14)] int ProductVersion = 0);
