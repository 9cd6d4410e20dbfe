using System.Net;
using System.Text.Json;
using Earmark.Portal.Identity;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class CollateralWhatIfApiTests
{
    private const string Path = "/api/v1/collateral/what-if";

    [Fact]
    public async Task A_set_is_answered_with_every_figure()
    {
        var answer = await AskAsync("""
            {"debt":100000,"ltvLimitPercent":60,"pledges":[{"quantity":10000,"unitPrice":15,"haircutPercent":20,"liquidationFactorPercent":75},
             {"quantity":5,"unitPrice":null,"haircutPercent":0,"liquidationFactorPercent":100}],"targetHealth":1,"saleDiscountPercent":10}
            """);
        // 150,000; × 0.8 = 120,000; × 0.6 = 72,000; 100,000 ÷ 120,000; counted 90,000; gap 10,000, a yuan sold wins 0.9 − 0.6.
        Assert.Equal(
            [150_000m, 120_000m, 72_000m, 0.8333333333m, 28_000m, 0.9m, 33_333.34m],
            new[] { "value", "eligibleValue", "maximumLoan", "ltv", "shortfall", "health", "smallestSale" }.Select(name => answer.GetProperty(name).GetDecimal()));
        Assert.Equal(["missing-price", "shortfall", "below-target-health"], answer.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
    }

    [Fact]
    public async Task Nothing_owed_and_nothing_pledged_are_answers_too()
    {
        var free = await AskAsync("""{"debt":0,"ltvLimitPercent":60,"pledges":[],"targetHealth":1.2,"saleDiscountPercent":5}""");
        Assert.Equal((0m, 0m, JsonValueKind.Null), (free.GetProperty("ltv").GetDecimal(), free.GetProperty("smallestSale").GetDecimal(), free.GetProperty("health").ValueKind));
        var bare = await AskAsync("""{"debt":1,"ltvLimitPercent":60,"pledges":[],"targetHealth":1.2,"saleDiscountPercent":5}""");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, 1m), (bare.GetProperty("ltv").ValueKind, bare.GetProperty("smallestSale").ValueKind, bare.GetProperty("shortfall").GetDecimal()));
    }

    [Theory]
    [InlineData("""{"debt":-1,"ltvLimitPercent":60,"pledges":[]}""", "$.debt")]
    [InlineData("""{"debt":1,"ltvLimitPercent":101,"pledges":[]}""", "$.ltvLimitPercent")]
    [InlineData("""{"debt":1,"ltvLimitPercent":60,"pledges":[{"quantity":-1,"unitPrice":1,"haircutPercent":0,"liquidationFactorPercent":100}]}""", "$.pledges[0].quantity")]
    [InlineData("""{"debt":1,"ltvLimitPercent":60,"pledges":[{"quantity":1,"unitPrice":-1}]}""", "$.pledges[0].unitPrice")]
    [InlineData("""{"debt":1,"ltvLimitPercent":60,"pledges":[{"quantity":1,"unitPrice":1,"haircutPercent":120}]}""", "$.pledges[0].haircutPercent")]
    [InlineData("""{"debt":1,"ltvLimitPercent":60,"pledges":[null]}""", "$.pledges[0]")]
    [InlineData("""{"debt":1,"ltvLimitPercent":60,"pledges":[],"targetHealth":-1}""", "$.targetHealth")]
    [InlineData("""{"debt":1,"ltvLimitPercent":60,"pledges":[],"saleDiscountPercent":100.5}""", "$.saleDiscountPercent")]
    public async Task A_wrong_member_is_named(string body, string path)
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostJsonAsync(Path, body);
        ApiAccessTests.AssertProblem(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(path, answer.Json.GetProperty("path").GetString());
    }

    private static async Task<JsonElement> AskAsync(string body)
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostJsonAsync(Path, body);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }
}
