using System.Net;
using System.Text.Json;
using Earmark.Portal.Identity;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class SchedulePreviewTests
{
    private const string Path = "/api/v1/schedules/preview";

    [Fact]
    public async Task A_plan_is_told_row_by_row_with_its_totals()
    {
        var answer = await AskAsync("""
            {"principal":331.77,"annualRatePercent":10.65,"disbursements":[{"on":"2023-12-12","amount":331.77}],"firstDueOn":"2024-01-12","seedDay":12,"instalments":5,
             "every":{"count":1,"unit":"month"},"method":"equal-instalment","dayCount":"actual/actual","rounding":"half-even"}
            """);
        var rows = answer.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(
            """{"dueOn":"2024-01-12","principal":65.14,"interest":3,"fees":0,"penalty":0,"total":68.14,"balance":266.63}""", Plain(rows[0]));
        Assert.Equal("""{"dueOn":"2024-05-12","principal":67.53,"interest":0.59,"fees":0,"penalty":0,"total":68.12,"balance":0}""", Plain(rows[^1]));
        Assert.Equal("""{"principal":331.77,"interest":8.91,"fees":0,"penalty":0,"total":340.68}""", Plain(answer.GetProperty("totals")));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("owed").ValueKind);
    }

    [Theory]
    [InlineData("equal-principal", "10600")]
    [InlineData("interest-first", "600")]
    [InlineData("flat", "10600")]
    [InlineData("bullet", "127200")]
    public async Task Every_method_is_asked_for_by_its_name(string method, string first)
    {
        // Without disbursements all is drawn a period before the first due day: 120,000 at 0.5 % a month.
        var answer = await AskAsync($$"""{"principal":120000,"monthlyRatePercent":0.5,"firstDueOn":"2026-02-01","instalments":12,"method":"{{method}}"}""");
        Assert.Equal(decimal.Parse(first, System.Globalization.CultureInfo.InvariantCulture), answer.GetProperty("rows")[0].GetProperty("total").GetDecimal());
    }

    [Fact]
    public async Task A_seasonal_plan_a_balloon_and_a_fixed_instalment_have_members_of_their_own()
    {
        var seasonal = await AskAsync("""
            {"principal":100000,"annualRatePercent":7.3,"disbursements":[{"on":"2026-04-01"}],"method":"seasonal","dayCount":"actual/365",
             "dueDates":[{"on":"2026-09-30","principalPercent":60},{"on":"2026-11-30","principalPercent":40}]}
            """);
        Assert.Equal(3_640m, seasonal.GetProperty("rows")[0].GetProperty("interest").GetDecimal());
        var balloon = await AskAsync("""
            {"principal":100000,"termRatePercent":6,"firstDueOn":"2026-02-01","instalments":12,"method":"balloon","principalPercentPerInstalment":5}
            """);
        Assert.Equal(45_225m, balloon.GetProperty("rows")[11].GetProperty("total").GetDecimal());
        var steady = await AskAsync("""
            {"principal":1000,"annualRatePercent":12,"disbursements":[{"on":"2026-01-01"}],"method":"equal-instalment","fixedInstalment":300}
            """);
        Assert.Equal([300m, 300m, 300m, 122.48m], steady.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("total").GetDecimal()));
        Assert.Equal("2026-05-01", steady.GetProperty("rows")[3].GetProperty("dueOn").GetString());
    }

    [Fact]
    public async Task Payments_and_a_day_tell_what_is_owed()
    {
        var answer = await AskAsync("""
            {"principal":120000,"annualRatePercent":6,"disbursements":[{"on":"2026-01-01"}],"firstDueOn":"2026-02-01","instalments":12,"method":"equal-principal",
             "penaltyRatePercent":9,"graceDays":3,"fees":[{"amount":5,"on":"2026-02-01"}],"rateChanges":[{"on":"2026-06-01","annualRatePercent":5}],
             "payments":[{"on":"2026-02-11","amount":1000}],"asOf":"2026-02-11"}
            """);
        var owed = answer.GetProperty("owed");
        // 26.50 of penalty, 5 of fees, 600 of interest and 368.50 of principal were paid; ten of February's 28 days ran up 196.43.
        Assert.Equal(
            (119_631.5m, 196.43m, 0m, 0m, 119_827.93m, 10),
            (Of("principal"), Of("interest"), Of("fees"), Of("penalty"), Of("total"), owed.GetProperty("daysPastDue").GetInt32()));
        Assert.Equal(9_631.5m, owed.GetProperty("due").GetProperty("total").GetDecimal());
        Assert.Equal(26.5m, answer.GetProperty("rows")[0].GetProperty("penalty").GetDecimal());

        decimal Of(string name) => owed.GetProperty(name).GetDecimal();
    }

    [Theory]
    [InlineData("""{"principal":1000,"firstDueOn":"2026-02-01","instalments":12,"method":"flat"}""", "$.annualRatePercent")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"monthlyRatePercent":1,"firstDueOn":"2026-02-01","instalments":12,"method":"flat"}""", "$.annualRatePercent")]
    [InlineData("""{"principal":1000,"annualRatePercent":-1,"firstDueOn":"2026-02-01","instalments":12,"method":"flat"}""", "$.annualRatePercent")]
    [InlineData("""{"principal":1000.001,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":12,"method":"flat"}""", "$.principal")]
    [InlineData("""{"principal":0,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":12,"method":"flat"}""", "$.principal")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"instalments":12,"method":"flat"}""", "$.disbursements")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"disbursements":[{"on":"2026-01-01","amount":900}],"instalments":12,"method":"flat"}""", "$.disbursements")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"disbursements":[null],"instalments":12,"method":"flat"}""", "$.disbursements[0]")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"disbursements":[{"on":"2026-01-01"}],"firstDueOn":"2026-01-01","instalments":12,"method":"flat"}""", "$.firstDueOn")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":0,"method":"flat"}""", "$.instalments")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","method":"equal-instalment"}""", "$.instalments")]
    [InlineData("""{"principal":1000,"annualRatePercent":12,"firstDueOn":"2026-02-01","method":"equal-instalment","fixedInstalment":10}""", "$.fixedInstalment")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":2,"method":"balloon"}""", "$.principalPercentPerInstalment")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":2,"method":"flat","dayCount":"30/365"}""", "$.dayCount")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":2,"method":"flat","seedDay":32}""", "$.seedDay")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":2,"method":"flat","rounding":"down"}""", "$.rounding")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":2,"method":"flat","principalGrace":2}""", "$.principalGrace")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":2,"method":"flat","payments":[{"on":"2026-02-01","amount":-1}]}""", "$.payments[0].amount")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"disbursements":[{"on":"2026-01-01"}],"method":"seasonal","dueDates":[{"on":"2026-09-30","principalPercent":60}]}""", "$.dueDates")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":2,"method":"annuity"}""", "$.method")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-30","instalments":2,"method":"flat"}""", "$.firstDueOn")]
    [InlineData("""{"principal":9000000000000,"annualRatePercent":1000,"firstDueOn":"2026-02-01","instalments":600,"method":"bullet"}""", "$.principal")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":600,"every":{"count":120,"unit":"month"},"method":"bullet"}""", "$.instalments")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":2,"method":"flat","asOf":"9999-12-31"}""", "$.asOf")]
    [InlineData("""{"principal":1000,"annualRatePercent":1,"firstDueOn":"9999-12-31","instalments":600,"method":"flat"}""", "$.firstDueOn")]
    public async Task A_wrong_member_is_named(string body, string path)
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostJsonAsync(Path, body);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal(path, answer.Json.GetProperty("path").GetString());
    }

    [Fact]
    public async Task It_needs_a_key_and_leaves_nothing_in_the_audit()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var nobody = host.Browser();
        ApiAccessTests.AssertProblem(await nobody.PostJsonAsync(Path, "{}"), HttpStatusCode.Unauthorized, "unauthorized");
        using var farmer = await host.KeyAsync(Roles.Borrower, borrowerId: Seeds.Borrower);
        var answer = await farmer.PostJsonAsync(Path, """{"principal":1000,"annualRatePercent":1,"firstDueOn":"2026-02-01","instalments":2,"method":"flat"}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Empty(host.Identity.Audit);
    }

    private static async Task<JsonElement> AskAsync(string body)
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostJsonAsync(Path, body);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    private static string Plain(JsonElement element) => element.GetRawText()
        .Replace(".00,", ",", StringComparison.Ordinal).Replace(".00}", "}", StringComparison.Ordinal);
}
