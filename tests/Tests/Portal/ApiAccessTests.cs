using System.Net;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Market;
using Earmark.Contracts.Sites;
using Earmark.Portal;
using Earmark.Portal.Identity;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class ApiAccessTests
{
    private const string Draw = """{"amount":1000.50,"payee":"Feed Co","instalments":12,"firstDueOn":"2027-01-15"}""";

    [Theory]
    [InlineData("/api/v1/facilities")]
    [InlineData("/api/v1/sites")]
    [InlineData("/api/v1/clock")]
    public async Task Without_a_key_or_with_an_unknown_one_a_request_is_unauthorized(string path)
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var nobody = host.Browser();
        var answer = await nobody.GetAsync(path);
        AssertProblem(answer, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        nobody.Client.DefaultRequestHeaders.Authorization = new("Bearer", "ek_unknown");
        AssertProblem(await nobody.GetAsync(path), HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_sign_in_cookie_does_not_open_the_api()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        await host.Identity.AddUserAsync(
            new("officer", PortalHost.Bank, Roles.BankOfficer, "", Passwords.Hash("pw", 1_000), "", null), TestContext.Current.CancellationToken);
        using var browser = host.Browser(follow: true);
        await SignInTests.SignInAsync(browser, "pw");
        AssertProblem(await browser.GetAsync("/api/v1/facilities"), HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task What_belongs_to_another_institution_is_not_found()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        AssertProblem(await bank.GetAsync($"/api/v1/facilities/{Seeds.ForeignFacility}"), HttpStatusCode.NotFound, "not-found");
        AssertProblem(await bank.GetAsync($"/api/v1/sites/{Seeds.ForeignRanch}"), HttpStatusCode.NotFound, "not-found");
        AssertProblem(await bank.PostJsonAsync($"/api/v1/facilities/{Seeds.ForeignFacility}/draws", Draw), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_operator_sees_only_the_sites_named_for_it_and_no_facilities()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var rancher = await host.KeyAsync(Roles.RanchOperator, siteIds: Seeds.Ranch);
        var sites = (await rancher.GetAsync("/api/v1/sites")).Json.GetProperty("sites");
        Assert.Equal([Seeds.Ranch], sites.EnumerateArray().Select(site => site.GetProperty("siteId").GetString()));
        AssertProblem(await rancher.GetAsync($"/api/v1/sites/{Seeds.OtherRanch}"), HttpStatusCode.NotFound, "not-found");
        AssertProblem(await rancher.GetAsync("/api/v1/facilities"), HttpStatusCode.Forbidden, "forbidden");
        AssertProblem(await rancher.PostJsonAsync($"/api/v1/facilities/{Seeds.Facility}/draws", Draw), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_borrower_sees_its_own_facility_and_moves_no_money()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var wang = await host.KeyAsync(Roles.Borrower, borrowerId: Seeds.Borrower);
        using var li = await host.KeyAsync(Roles.Borrower, borrowerId: "li");
        Assert.Equal(HttpStatusCode.OK, (await wang.GetAsync($"/api/v1/facilities/{Seeds.Facility}")).Status);
        Assert.Equal(1, (await wang.GetAsync("/api/v1/facilities")).Json.GetProperty("facilities").GetArrayLength());
        Assert.Equal(0, (await li.GetAsync("/api/v1/facilities")).Json.GetProperty("facilities").GetArrayLength());
        AssertProblem(await li.GetAsync($"/api/v1/facilities/{Seeds.Facility}"), HttpStatusCode.NotFound, "not-found");
        AssertProblem(await wang.PostJsonAsync($"/api/v1/facilities/{Seeds.Facility}/draws", Draw), HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("{\"amount\":", "malformed-json", "$.amount")]
    [InlineData("{\"amount\":\"much\",\"payee\":\"x\",\"instalments\":1,\"firstDueOn\":\"2027-01-15\"}", "malformed-json", "$.amount")]
    [InlineData("{\"amount\":1,\"payee\":\"x\",\"instalments\":1,\"firstDueOn\":\"15.1.2027\"}", "malformed-json", "$.firstDueOn")]
    [InlineData("{\"amount\":1,\"payee\":\"x\",\"instalments\":1,\"firstDueOn\":\"2027-01-15\",\"rate\":3}", "malformed-json", "$.rate")]
    [InlineData("{\"amount\":1.001,\"payee\":\"x\",\"instalments\":1,\"firstDueOn\":\"2027-01-15\"}", "invalid-request", "$.amount")]
    [InlineData("{\"amount\":1,\"payee\":\"\",\"instalments\":1,\"firstDueOn\":\"2027-01-15\"}", "invalid-request", "$.payee")]
    public async Task A_wrong_body_is_told_with_the_path_of_what_is_wrong(string body, string reason, string path)
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostJsonAsync($"/api/v1/facilities/{Seeds.Facility}/draws", body);
        AssertProblem(answer, HttpStatusCode.BadRequest, reason);
        Assert.Equal(path, answer.Json.GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("/api/v1/facilities/ranch-loan/draws", "{\"amount\":true}")]
    [InlineData("/api/v1/facilities/ranch-loan/draws", "{\"amount\":1,\"rate\":3}")]
    [InlineData("/api/v1/facilities/ranch-loan/draws", "{}")]
    [InlineData("/api/v1/facilities/ranch-loan/draws", "")]
    [InlineData("/api/v1/facilities/ranch-loan/pledges", "{\"siteId\":\"ranch-1\",\"assetIds\":null,\"registrationNumber\":\"x\"}")]
    [InlineData("/api/v1/sites/ranch-1/animals", "[null]")]
    [InlineData("/api/v1/prices", "{\"source\":\"x\",\"prices\":[null]}")]
    [InlineData("/api/v1/prices", "{\"source\":\"x\",\"prices\":[{\"priceClass\":\"maize\",\"yuanPerKilogram\":1e28,\"effectiveAt\":\"2026-01-01\"}]}")]
    public async Task What_cannot_be_read_is_told_without_naming_our_types(string path, string body)
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var detail = answer.Json.GetProperty("detail").GetString()!;
        Assert.DoesNotContain("Earmark.", detail, StringComparison.Ordinal);
        Assert.DoesNotContain(".NET", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("parameter", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_cannot_be_read_names_its_parameter_as_it_was_given()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.GetAsync("/api/v1/devices?count=abc");
        AssertProblem(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal("'abc' is no value for count.", answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_body_beyond_the_limit_another_method_and_another_media_type_are_problems_too()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var path = $"/api/v1/facilities/{Seeds.Facility}/draws";
        AssertProblem(await bank.PostJsonAsync(path, new string(' ', PortalLimits.RequestBytes + 1)), HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        AssertProblem(await bank.PostAsync(path, "x", "text/plain"), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        AssertProblem(await bank.GetAsync(path), HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        AssertProblem(await bank.GetAsync("/api/v1/no-such-thing"), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_facility_is_told_in_yuan_fractions_and_utc()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var facility = (await bank.GetAsync($"/api/v1/facilities/{Seeds.Facility}")).Json;
        Assert.Equal(1_234_567.89m, facility.GetProperty("debt").GetDecimal());
        Assert.Equal(0.617284m, facility.GetProperty("ltv").GetDecimal());
        Assert.Equal("2026-11-22T08:02:00Z", facility.GetProperty("validUntil").GetString());
        Assert.Equal(15_000.5m, facility.GetProperty("factors")[0].GetProperty("quantityKilograms").GetDecimal());
        Assert.Equal(30m, facility.GetProperty("factors")[0].GetProperty("price").GetDecimal());
        Assert.Equal("cow-1", facility.GetProperty("excluded")[0].GetProperty("assetIds")[0].GetString());
        Assert.Equal(42, facility.GetProperty("sites")[0].GetProperty("position").GetInt64());
    }

    [Fact]
    public async Task A_refused_draw_is_a_result_with_the_grains_reason_and_stands_in_the_audit()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        var order = default(DrawOrder);
        host.Grains.Place<IFacilityGrain>(Seeds.Facility).On(nameof(IFacilityGrain.Draw), call =>
        {
            order = (DrawOrder)call[0]!;
            return new ValueTask<MoneyReceipt>(new MoneyReceipt(false, "stale", "The value ended at 08:02.", null, null));
        });
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostAsync($"/api/v1/facilities/{Seeds.Facility}/draws", Draw, "application/json", ("Idempotency-Key", "draw-1"));
        AssertProblem(answer, HttpStatusCode.UnprocessableEntity, "stale");
        Assert.Equal(("draw-1", 100_050L), (order!.OrderId, order.AmountFen));
        var audit = Assert.Single(host.Identity.Audit);
        Assert.Equal(("key-bank-officer", "refused stale"), (audit.By, audit.Detail));
    }

    [Fact]
    public async Task A_repetition_carries_the_callers_id_and_the_same_body_to_the_grain()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        var postings = new List<PricePosting>();
        host.Grains.Place<IMarketGrain>(PortalHost.Bank).On(nameof(IMarketGrain.Post), call =>
        {
            postings.Add((PricePosting)call[0]!);
            return new ValueTask<CommandReceipt>(new CommandReceipt(true, null, null, 0));
        });
        using var bank = await host.KeyAsync(Roles.BankApprover);
        const string body = """{"id":"p-1","source":"survey","prices":[{"priceClass":"beef-cattle","yuanPerKilogram":30.25,"effectiveAt":"2026-11-22T08:00:00+08:00"}]}""";
        Assert.Equal("p-1", (await bank.PostJsonAsync("/api/v1/prices", body)).Json.GetProperty("id").GetString());
        await bank.PostJsonAsync("/api/v1/prices", body);
        Assert.Equal(postings[0] with { Prices = [] }, postings[1] with { Prices = [] });
        Assert.Equal(postings[0].Prices, postings[1].Prices);
        Assert.Equal((3_025_000L, TimeSpan.Zero), (postings[0].Prices[0].FenPerTonne, postings[0].Prices[0].EffectiveAt.Offset));
    }

    [Fact]
    public async Task A_device_shows_its_secrets_once_and_a_device_of_another_site_cannot_be_added()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        host.Grains.Place<IRegistrarGrain>(PortalHost.Bank).On(nameof(IRegistrarGrain.AddDevice), call =>
        {
            var order = (DeviceOrder)call[0]!;
            return new ValueTask<DeviceEnrolment>(new DeviceEnrolment(
                true, null, null, order.DeviceId, order.Kind, order.SiteId, order.DeviceId, "secret", 1, new string('a', 64)));
        });
        using var rancher = await host.KeyAsync(Roles.RanchOperator, siteIds: Seeds.Ranch);
        var made = await rancher.PostJsonAsync("/api/v1/devices", """{"deviceId":"bs-9","kind":"base-station","site":"ranch-1","zone":"pen-1"}""");
        Assert.Equal("secret", made.Json.GetProperty("password").GetString());
        Assert.Equal("ranch-1", made.Json.GetProperty("site").GetString());
        AssertProblem(
            await rancher.PostJsonAsync("/api/v1/devices", """{"deviceId":"bs-9","kind":"base-station","site":"ranch-2","zone":"pen-1"}"""),
            HttpStatusCode.NotFound,
            "not-found");
    }

    internal static void AssertProblem(Answer answer, HttpStatusCode status, string reason)
    {
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal(reason, answer.Reason);
    }
}
