using System.Net;
using Earmark.Contracts.Lending;
using Earmark.Portal.Identity;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class FacilityWhatIfApiTests
{
    private const string Path = "/api/v1/facilities/" + Seeds.Facility + "/what-if";

    [Fact]
    public async Task A_question_reaches_the_facility_and_its_answer_is_told_in_yuan()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        var asked = default(WhatIfQuestion);
        host.Grains.Place<IFacilityGrain>(Seeds.Facility).On(nameof(IFacilityGrain.WhatIf), call =>
        {
            asked = (WhatIfQuestion)call[0]!;
            var figures = new WhatIfFigures(100_000, 300_000, 200_000, 120_000, 500_000, "margin-call", ["health"]);
            return new ValueTask<WhatIfAnswer?>(new WhatIfAnswer(null, null, figures with { DebtFen = 0 }, figures, ["would-breach"], 5_000, 7_000, 3, host.Clock.GetUtcNow()));
        });
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostJsonAsync(Path, """
            {"draw":{"amount":1000.5},"release":{"siteId":"ranch-1","assetIds":["cow-1"]},"prices":[{"priceClass":"beef-cattle","yuanPerKilogram":25}],"parameters":{"haircut":0.2}}
            """);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        Assert.Equal((100_050L, "ranch-1", 2_500_000L, 200_000), (asked!.DrawFen, asked.SiteId, asked.Prices[0].FenPerTonne, asked.Parameters!.HaircutPpm));
        Assert.Equal((1_000m, 0.5m), (answer.Json.GetProperty("after").GetProperty("debt").GetDecimal(), answer.Json.GetProperty("after").GetProperty("ltv").GetDecimal()));
        Assert.Equal((50m, "would-breach"), (answer.Json.GetProperty("cure").GetProperty("payment").GetDecimal(), answer.Json.GetProperty("refusals")[0].GetString()));
        Assert.Empty(host.Identity.Audit);
    }

    [Fact]
    public async Task A_foreign_facility_is_not_found_and_an_empty_question_is_no_question()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        ApiAccessTests.AssertProblem(
            await bank.PostJsonAsync($"/api/v1/facilities/{Seeds.ForeignFacility}/what-if", """{"draw":{"amount":1}}"""), HttpStatusCode.NotFound, "not-found");
        ApiAccessTests.AssertProblem(await bank.PostJsonAsync(Path, "{}"), HttpStatusCode.BadRequest, "invalid-request");
        var wrong = await bank.PostJsonAsync(Path, """{"parameters":{"lines":{"draw":0.9,"warning":0.8,"marginCall":0.7,"liquidation":0.6,"hysteresis":0}}}""");
        Assert.Equal("$.parameters.lines", wrong.Json.GetProperty("path").GetString());
    }
}
