using Earmark.Contracts.Lending;
using Earmark.Finance;
using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Silo.Lending;

public sealed class ProductTests
{
    private static readonly LinesView NoLines = new(0, 0, 0, 0, 0);

    [Fact]
    public void Every_shipped_product_may_stand() => Assert.All(ShippedProducts.All, product => Assert.Null(product.Wrong()));

    [Fact]
    public async Task A_product_read_back_from_the_book_is_the_product()
    {
        await using var bank = await Bank.OpenAsync();
        var seasonal = ShippedProducts.Ranch with
        {
            Code = "harvest",
            Loan = ShippedProducts.Ranch.Loan with
            {
                Method = RepaymentMethod.Seasonal,
                Seasons = [new Season(4, 30, Fraction.Percent(40)), new Season(10, 31, Fraction.Percent(60))],
            },
        };
        Assert.Null(seasonal.Wrong());
        await bank.Service<IProducts>().AddAsync(Bank.Institution, seasonal, 0, "officer", bank.Clock.GetUtcNow(), Bank.Cancel);
        var read = (await bank.Service<IProducts>().OneAsync(Bank.Institution, "harvest", 1, Bank.Cancel))!.Product;
        Assert.Equal(Products.Write(seasonal), Products.Write(read));
        // Drawn in June, the autumn comes before the spring.
        var due = read.Loan.Terms(new Money(100_000), read.AnnualRate, 1, new DateOnly(2026, 6, 1), new DateOnly(2026, 7, 1)).DueDates;
        Assert.Equal([new SeasonalDue(new DateOnly(2026, 10, 31), 0.6m), new SeasonalDue(new DateOnly(2027, 4, 30), 0.4m)], due);
    }

    [Fact]
    public async Task An_unsecured_facility_draws_up_to_its_limit_by_the_plan_of_its_product_and_no_later_version_changes_it()
    {
        await using var bank = await Bank.OpenAsync();
        Assert.Equal("over-product-limit", (await Open(bank, "farmer-1", 300_001)).Reason);
        Assert.Equal("unknown-product", (await Open(bank, "farmer-1", 100_000, version: 9)).Reason);
        var opened = await Open(bank, "farmer-2", 300_000);
        Assert.True(opened.Accepted, opened.Detail);
        var facility = bank.Grains.GetGrain<IFacilityGrain>("farmer-2");
        await bank.Service<IProducts>().AddAsync(
            Bank.Institution, ShippedProducts.Farmer with { AnnualRate = new Fraction(90_000) }, 1, "officer", bank.Clock.GetUtcNow(), Bank.Cancel);

        var today = DateOnly.FromDateTime(bank.Clock.GetUtcNow().AddHours(8).UtcDateTime);
        var drawn = await facility.Draw(new DrawOrder("d-1", "officer", 20_000_000, "feed-merchant", 12, today.AddMonths(1)));
        Assert.True(drawn.Accepted, drawn.Detail);
        Assert.Equal("over-limit", (await facility.Draw(new DrawOrder("d-2", "officer", 10_000_001, "feed-merchant", 12, today.AddMonths(1)))).Detail);
        Assert.Equal("count-out-of-range", (await facility.Draw(new DrawOrder("d-3", "officer", 100, "feed-merchant", 37, today.AddMonths(1)))).Detail);
        var view = (await facility.View())!;
        Assert.Equal(("farmer-aid", 1, true, "clear"), (view.ProductCode, view.ProductVersion, view.IsUnsecured, view.LineState));
        await facility.Tick(bank.Clock.GetUtcNow());
        Assert.Null((await facility.View())!.MarginCall);

        // What is booked is what the preview of the same terms shows: 4.35 % on actual/360, 12 equal instalments.
        var loan = Assert.Single(await bank.Service<ILendingBook>().LoansAsync("farmer-2", Bank.Cancel));
        var preview = Schedules.Compute(ShippedProducts.Farmer.Loan.Terms(new Money(20_000_000), new Fraction(43_500), 12, today, today.AddMonths(1)));
        var booked = System.Text.Json.JsonDocument.Parse(loan.Schedule).RootElement.EnumerateArray().Select(row => (row.GetProperty("principalFen").GetInt64(), row.GetProperty("interestFen").GetInt64()));
        Assert.Equal(preview.Instalments.Select(row => (row.Principal.Fen, row.Interest.Fen)), booked);
    }

    [Fact]
    public async Task A_day_of_a_flat_loan_bears_interest_on_all_that_was_lent()
    {
        await using var bank = await Bank.OpenAsync();
        var flat = ShippedProducts.Farmer with { Code = "flat", AnnualRate = new Fraction(36_000), Loan = ShippedProducts.Farmer.Loan with { Method = RepaymentMethod.Flat } };
        await bank.Service<IProducts>().AddAsync(Bank.Institution, flat, 0, "officer", bank.Clock.GetUtcNow(), Bank.Cancel);
        Assert.True((await Open(bank, "flat-1", 100_000, "flat")).Accepted);
        var facility = bank.Grains.GetGrain<IFacilityGrain>("flat-1");
        var today = DateOnly.FromDateTime(bank.Clock.GetUtcNow().AddHours(8).UtcDateTime);
        var loan = (await facility.Draw(new DrawOrder("d-1", "officer", 10_000_000, "feed-merchant", 12, today.AddMonths(1)))).LoanId!;
        Assert.True((await facility.Repay(new RepaymentOrder("r-1", "officer", loan, 5_000_000))).Accepted);
        bank.Clock.Advance(TimeSpan.FromDays(1));
        await facility.Tick(bank.Clock.GetUtcNow());
        // 100,000 × 3.6 % ÷ 360 = 10.00, though half is repaid.
        Assert.Equal(1_000, (await facility.View())!.AccruedInterestFen);
    }

    private static async Task<Earmark.Contracts.Sites.CommandReceipt> Open(Bank bank, string id, long limitYuan, string product = "farmer-aid", int version = 0) =>
        await bank.Grains.GetGrain<ILendingDeskGrain>(Bank.Institution).OpenFacility(new FacilityOpening(
            $"open-{id}-{limitYuan}-{version}", "officer", id, "", "herder-1", "牧民一", limitYuan * 100, 0, [], 0, 0, NoLines, 5, product, version));
}
