using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Portal;

/// <summary>What the API does not do, and how it says so: a problem with a stable reason, whatever went wrong.</summary>
public sealed class What_the_api_refuses(TwoBanks banks) : IClassFixture<TwoBanks>
{
    private EarmarkServer Earmark => banks.Earmark;

    [Theory]
    [InlineData("""{"siteId": """)]
    [InlineData("""{"siteId":"s-1","kind":"moon","displayName":"x","zones":[]}""")]
    [InlineData("[]")]
    public Task Malformed_json(string body) => Refused(HttpStatusCode.BadRequest, "malformed-json", HttpMethod.Post, "sites", body);

    [Theory]
    [InlineData("""{"to":"soon","weighings":[{"animal":"a","day":1,"kg":300}]}""")]
    [InlineData("""{"to":60,"weighings":[{"animal":"a","day":1,"kg":0}]}""")]
    public Task A_forecast_from_nothing(string body) => Refused(HttpStatusCode.BadRequest, "invalid-request", HttpMethod.Post, "cattle/forecast", body);

    [Fact]
    public async Task No_key_and_a_wrong_key()
    {
        await Refused(HttpStatusCode.Unauthorized, "unauthorized", HttpMethod.Get, "sites", null, key: null);
        await Refused(HttpStatusCode.Unauthorized, "unauthorized", HttpMethod.Get, "sites", null, key: "ek_wrong");
        await Refused(HttpStatusCode.Unauthorized, "unauthorized", HttpMethod.Post, "prices", "{}", key: null);
    }

    [Theory]
    [InlineData("ranch-operator", "sites")]
    [InlineData("warehouse-operator", "prices")]
    [InlineData("borrower", "facilities/demo-ranch-loan/draws")]
    [InlineData("borrower", "devices")]
    [InlineData("fleet-operator", "clock/step")]
    public Task A_role_that_may_not(string role, string path) =>
        Refused(HttpStatusCode.Forbidden, "forbidden", HttpMethod.Post, path, "{}", Earmark.Key(role));

    [Theory]
    [InlineData("sites/demo-ranch")]
    [InlineData("sites/demo-ranch/assets")]
    [InlineData("assets/cow-00001")]
    [InlineData("devices/bs-01")]
    [InlineData("devices?site=demo-ranch")]
    [InlineData("facilities/demo-ranch-loan")]
    public async Task What_another_institution_owns(string path)
    {
        using (var ours = Earmark.Client())
        {
            Assert.Equal(HttpStatusCode.OK, (await ours.GetAsync("api/v1/" + path)).StatusCode);
        }

        await Refused(HttpStatusCode.NotFound, "not-found", HttpMethod.Get, path, null, banks.OtherKey);
    }

    [Theory]
    [InlineData("sites/demo-ranch/animals", """[{"assetId":"cow-x","tag":null,"priceClass":"beef-cattle","breed":"angus","sex":"castrated","pen":"pen-1","bornAt":"2025-01-01T00:00:00Z","weightKilograms":400,"weighedAt":"2026-01-01T00:00:00Z","weighing":"chute"}]""")]
    [InlineData("assets/cow-00001/removal", """{"because":"sold"}""")]
    [InlineData("devices/bs-01/acts", """{"act":"note","detail":"x"}""")]
    [InlineData("devices", """{"deviceId":"bs-x","kind":"base-station","site":"demo-ranch","simulated":true}""")]
    [InlineData("facilities/demo-ranch-loan/draws", """{"amount":1000,"payee":"x","instalments":1,"firstDueOn":"2027-03-01"}""")]
    [InlineData("transfers", """{"fromSiteId":"demo-warehouse","assetId":"lot-001","quantityKilograms":1,"toSiteId":"demo-fleet","toAssetId":"s-1","toZone":"truck-01"}""")]
    public Task Acts_on_what_another_institution_owns(string path, string body) =>
        Refused(HttpStatusCode.NotFound, "not-found", HttpMethod.Post, path, body, banks.OtherKey);

    [Fact]
    public async Task Lists_of_another_institution_hold_nothing_of_ours()
    {
        foreach (var list in new[] { "sites", "devices", "facilities", "margin-calls" })
        {
            using var client = Client(banks.OtherKey);
            var text = await client.GetStringAsync("api/v1/" + list);
            Assert.DoesNotContain("demo", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public Task A_site_id_that_another_institution_has_taken() => Refused(
        HttpStatusCode.UnprocessableEntity, "site-exists", HttpMethod.Post, "sites",
        """{"siteId":"demo-ranch","kind":"ranch","displayName":"Mine","zones":["pen-1"]}""", banks.OtherKey);

    [Fact]
    public Task A_body_that_is_too_large() => Refused(
        HttpStatusCode.RequestEntityTooLarge, "body-too-large", HttpMethod.Post, "sites", $$"""{"siteId":"{{new string('a', 1_100_000)}}"}""");

    [Fact]
    public async Task An_id_that_stands_already_with_another_body()
    {
        const string First = """{"id":"site-order-1","siteId":"north","kind":"ranch","displayName":"North","zones":["pen-1"]}""";
        using (var client = Client(Earmark.Key("bank-officer")))
        {
            foreach (var _ in new[] { 1, 2 })
            {
                var answer = await client.PostAsync("api/v1/sites", Json(First));
                Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            }
        }

        await Refused(HttpStatusCode.Conflict, "repeated-id", HttpMethod.Post, "sites", First.Replace("North", "South", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Routes_methods_and_media_types_there_are_none_of()
    {
        await Refused(HttpStatusCode.NotFound, "not-found", HttpMethod.Get, "moon", null);
        await Refused(HttpStatusCode.MethodNotAllowed, "method-not-allowed", HttpMethod.Delete, "sites", null);
        await Refused(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", HttpMethod.Post, "sites", "<site/>", Earmark.Key("bank-officer"), "application/xml");
    }

    private Task Refused(HttpStatusCode status, string reason, HttpMethod method, string path, string? body) =>
        Refused(status, reason, method, path, body, Earmark.Key("bank-officer"));

    private async Task Refused(HttpStatusCode status, string reason, HttpMethod method, string path, string? body, string? key, string media = "application/json")
    {
        using var client = Client(key);
        using var request = new HttpRequestMessage(method, "api/v1/" + path) { Content = body is null ? null : Json(body, media) };
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        Assert.Equal(reason, problem["reason"]!.GetValue<string>());
    }

    private HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = Earmark.Address, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static StringContent Json(string body, string media = "application/json") => new(body, Encoding.UTF8, media);
}
