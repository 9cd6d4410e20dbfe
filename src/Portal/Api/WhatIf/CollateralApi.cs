using Earmark.Finance;
using Earmark.Portal.Api.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Earmark.Portal.Api.WhatIf;

/// <summary>What a free set of collateral would carry; nothing is stored and nothing authorised.</summary>
internal static class CollateralApi
{
    public static void MapCollateral(this IEndpointRouteBuilder api) => api.MapPost("/collateral/what-if", WhatIf).WithTags("what-if").WithMetadata(new NotAChange())
        .WithSummary("Value, maximum loan, LTV, health and the smallest sale that restores it, for a free set of collateral");

    private static Ok<CollateralWhatIfAnswer> WhatIf(CollateralWhatIfRequest request) =>
        TypedResults.Ok(CollateralWhatIfAnswer.Of(CollateralWhatIf.Compute(request.ToSet())));
}

/// <param name="Debt">Yuan; 0 for none.</param>
/// <param name="LtvLimitPercent">Of the eligible value, 0 to 100.</param>
/// <param name="TargetHealth">What a sale is to restore: 1.1 for counted proceeds of 110 % of the debt.</param>
/// <param name="SaleDiscountPercent">Of the market value, lost when it is sold now.</param>
public sealed record CollateralWhatIfRequest(
    decimal Debt, decimal LtvLimitPercent, CollateralPledge[] Pledges, decimal TargetHealth = 1, decimal SaleDiscountPercent = 0) : IChecked
{
    private const int PledgesMaximum = 1_000;
    private const decimal HealthMaximum = 1_000;

    public Complaint? Check() => Rule.First(
        Debt >= 0 && Money.TryFromYuan(Debt, out _) && Debt <= CollateralPledge.LargestAmount
            ? null
            : new Complaint("debt", "It is not less than 0, with at most two decimals."),
        Rule.Between(LtvLimitPercent, 0, 100, "ltvLimitPercent"),
        Rule.Between(TargetHealth, 0, HealthMaximum, "targetHealth"),
        Rule.Between(SaleDiscountPercent, 0, 100, "saleDiscountPercent"),
        Pledges.Length > PledgesMaximum ? new Complaint("pledges", $"There are at most {PledgesMaximum} of them.") : null,
        Pledges.Select((pledge, index) => pledge is null ? new Complaint($"pledges[{index}]", "It is null.") : pledge.Check($"pledges[{index}]"))
            .FirstOrDefault(complaint => complaint is not null));

    internal CollateralSet ToSet() => new(
        Debt, LtvLimitPercent / 100, [.. Pledges.Select(pledge => pledge.ToPledge())], TargetHealth, SaleDiscountPercent / 100);
}

/// <param name="UnitPrice">Yuan; null when nobody knows it: it then counts 0, and that is a reason.</param>
/// <param name="LiquidationFactorPercent">What of the eligible value counts for health.</param>
public sealed record CollateralPledge(decimal Quantity, decimal? UnitPrice = null, decimal HaircutPercent = 0, decimal LiquidationFactorPercent = 100)
{
    internal const decimal LargestAmount = 1_000_000_000_000m;

    private const int Decimals = 6;

    internal Complaint? Check(string path) => Rule.First(
        Amount(Quantity, path + ".quantity"),
        UnitPrice is { } price ? Amount(price, path + ".unitPrice") : null,
        Rule.Between(HaircutPercent, 0, 100, path + ".haircutPercent"),
        Rule.Between(LiquidationFactorPercent, 0, 100, path + ".liquidationFactorPercent"));

    internal FreePledge ToPledge() => new(Quantity, UnitPrice, HaircutPercent / 100, LiquidationFactorPercent / 100);

    private static Complaint? Amount(decimal value, string path) => value is >= 0 and <= LargestAmount && decimal.Round(value, Decimals) == value
        ? null
        : new Complaint(path, $"It is 0 to {LargestAmount} with at most {Decimals} decimals.");
}

/// <param name="Value">Σ quantity × price, yuan. Values are rounded down to 0.01, what is missing and what must be sold up.</param>
/// <param name="EligibleValue">After each haircut.</param>
/// <param name="MaximumLoan">Eligible value × limit.</param>
/// <param name="Ltv">Debt ÷ eligible value, a fraction; 0 without debt, null with debt and no eligible value: beyond every line.</param>
/// <param name="Shortfall">max(0, debt − maximum loan); exactly at the limit is none.</param>
/// <param name="Health">Σ eligible × liquidation factor ÷ debt; null without debt, where it has no end.</param>
/// <param name="SmallestSale">Market value to sell until health reaches its target; 0 where it has, null where no sale does.</param>
/// <param name="Reasons">missing-price, shortfall, below-target-health, no-sale-suffices.</param>
public sealed record CollateralWhatIfAnswer(
    decimal Value, decimal EligibleValue, decimal MaximumLoan, decimal? Ltv, decimal Shortfall, decimal? Health, decimal? SmallestSale, IReadOnlyList<string> Reasons)
{
    private const int RatioDecimals = 10;

    internal static CollateralWhatIfAnswer Of(CollateralAnswer answer) => new(
        Down(answer.Value),
        Down(answer.EligibleValue),
        Down(answer.MaximumLoan),
        Ratio(answer.Ltv),
        Up(answer.Shortfall),
        Ratio(answer.Health),
        answer.SmallestSale is { } sale ? Up(sale) : null,
        answer.Reasons);

    private static decimal Down(decimal yuan) => decimal.Floor(yuan * 100) / 100;

    private static decimal Up(decimal yuan) => decimal.Ceiling(decimal.Round(yuan * 100, RatioDecimals)) / 100;

    private static decimal? Ratio(decimal? ratio) => ratio is { } some ? decimal.Round(some, RatioDecimals) : null;
}
