using System.Net;
using Earmark.Finance;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class ProductsApiTests
{
    private const string New = """
        {"code":"calf-loan","name":"犊牛贷","nameEn":"Calf loan","annualRatePercent":4.1,"limitMaximum":500000,
         "loan":{"method":"seasonal","dayCount":"actual/365","seasons":[{"month":4,"day":30,"principalPercent":40},{"month":10,"day":31,"principalPercent":60}]},
         "collateral":{"classes":[{"priceClass":"beef-cattle","haircutPercent":25}],"advanceRatePercent":55,
          "lines":{"draw":0.6,"warning":0.65,"marginCall":0.75,"liquidation":0.85,"hysteresis":0.02}},
         "approvals":[{"role":"bank-approver","upTo":500000}]}
        """;

    [Fact]
    public async Task A_new_product_is_data_and_what_comes_back_is_what_was_sent()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        Product? kept = null;
        host.Products.On(nameof(IProducts.AddAsync), call =>
        {
            kept = (Product)call[1]!;
            return Task.FromResult<ProductVersion?>(new ProductVersion(kept, 1, (string)call[3]!, (DateTimeOffset)call[4]!));
        });
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostJsonAsync("/api/v1/products", New);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        Assert.Equal((RepaymentMethod.Seasonal, 41_000, 250_000), (kept!.Loan.Method, kept.AnnualRate.Millionths, kept.Collateral!.Classes[0].Haircut.Millionths));
        Assert.Equal((4.1m, "actual/365"), (answer.Json.GetProperty("annualRatePercent").GetDecimal(), answer.Json.GetProperty("loan").GetProperty("dayCount").GetString()));
    }

    [Theory]
    [InlineData("\"method\":\"seasonal\"", "\"method\":\"bullet\"", "$.loan.seasons")]
    [InlineData("\"principalPercent\":60", "\"principalPercent\":50", "$.loan.seasons")]
    [InlineData("\"actual/365\"", "\"nominal\"", "$.loan.dayCount")]
    [InlineData("\"upTo\":500000", "\"upTo\":400000", "$.approvals")]
    [InlineData("\"marginCall\":0.75", "\"marginCall\":0.66", "$.collateral")]
    [InlineData("\"marginCall\":0.75", "\"marginCall\":0.9", "$.collateral.lines")]
    public async Task A_product_that_could_not_stand_is_refused_by_member(string right, string wrong, string path)
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostJsonAsync("/api/v1/products", New.Replace(right, wrong, StringComparison.Ordinal));
        ApiAccessTests.AssertProblem(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(path, answer.Json.GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_version_that_is_not_the_newest_conflicts_and_a_borrower_makes_none()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        host.Products.On(nameof(IProducts.AddAsync), _ => Task.FromResult<ProductVersion?>(null));
        host.Products.On(nameof(IProducts.CurrentAsync), _ => Task.FromResult<IReadOnlyList<ProductVersion>>(
            [.. ShippedProducts.All.Select(product => new ProductVersion(product, 1, "earmark", host.Clock.GetUtcNow()))]));
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        ApiAccessTests.AssertProblem(await bank.PostJsonAsync("/api/v1/products", New), HttpStatusCode.Conflict, "version-conflict");
        using var borrower = await host.KeyAsync(Roles.Borrower, borrowerId: Seeds.Borrower);
        ApiAccessTests.AssertProblem(await borrower.PostJsonAsync("/api/v1/products", New), HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(4, (await borrower.GetAsync("/api/v1/products")).Json.GetProperty("products").GetArrayLength());
    }

    [Fact]
    public async Task A_facility_is_bound_to_a_product_or_has_terms_of_its_own_never_both()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        const string both = """{"facilityId":"f-9","borrowerId":"wang","borrowerName":"Wang","limit":1000,"productCode":"smart-ranch","haircut":0.2}""";
        Assert.Equal("$.productCode", (await bank.PostJsonAsync("/api/v1/facilities", both)).Json.GetProperty("path").GetString());
        const string neither = """{"facilityId":"f-9","borrowerId":"wang","borrowerName":"Wang","limit":1000,"product":"Own"}""";
        Assert.Equal("$.annualRatePercent", (await bank.PostJsonAsync("/api/v1/facilities", neither)).Json.GetProperty("path").GetString());
    }
}
