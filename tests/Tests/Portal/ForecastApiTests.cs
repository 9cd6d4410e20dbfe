using System.Net;
using Earmark.Contracts.Cattle;
using Earmark.Portal.Identity;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class ForecastApiTests
{
    private static readonly WeightForecastAnswer Answer = new(null, [new AnimalForecast("a", 400m, 390.5m, 410.25m)], [new RefusedWeighing(3, "kg 'x'")]);

    [Fact]
    public async Task Json_is_answered_as_json_with_what_was_passed_over()
    {
        WeightForecastQuestion? asked = null;
        await using var host = await PortalHost.StartAsync(host => Place(host, Answer, question => asked = question));
        using var rancher = await host.KeyAsync(Roles.RanchOperator);
        var answer = await rancher.PostJsonAsync("/api/v1/cattle/forecast", """
            {"to":"2026-06-01","weighings":[{"animal":"a","day":"2026-01-01","kg":300.5,"breed":"angus"},{"animal":"a","day":12,"kg":3}]}
            """);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(390.5m, answer.Json.GetProperty("forecasts")[0].GetProperty("lowKg").GetDecimal());
        Assert.Equal(3, answer.Json.GetProperty("refused")[0].GetProperty("line").GetInt32());
        Assert.Equal("2026-06-01", asked!.Day);
        Assert.Equal([new AnimalWeighing("a", "2026-01-01", 300.5m, "angus", null), new AnimalWeighing("a", "12", 3m, null, null)], asked.Rows);
        Assert.Empty(host.Identity.Audit);
    }

    [Fact]
    public async Task A_csv_is_answered_as_csv_or_as_json_when_asked()
    {
        WeightForecastQuestion? asked = null;
        await using var host = await PortalHost.StartAsync(host => Place(host, Answer, question => asked = question));
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostAsync("/api/v1/cattle/forecast?to=30", "animal,day,kg\na,1,300\n", "text/csv");
        Assert.Equal("animal,meanKg,lowKg,highKg\na,400.00,390.50,410.25\n", answer.Text);
        Assert.Equal("1", Assert.Single(answer.Headers.GetValues("Earmark-Refused-Lines")));
        Assert.Equal(("30", "animal,day,kg\na,1,300\n"), (asked!.Day, asked.Csv));
        var json = await bank.PostAsync("/api/v1/cattle/forecast?to=30", "animal,day,kg\na,1,300\n", "text/csv", ("Accept", "application/json"));
        Assert.Equal("application/json", json.MediaType);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_with_the_reason()
    {
        await using var host = await PortalHost.StartAsync(host => Place(host, new WeightForecastAnswer("There is no weighing.", [], []), _ => { }));
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        ApiAccessTests.AssertProblem(await bank.PostJsonAsync("/api/v1/cattle/forecast", """{"to":3,"weighings":[]}"""), HttpStatusCode.BadRequest, "invalid-request");
        ApiAccessTests.AssertProblem(await bank.PostJsonAsync("/api/v1/cattle/forecast", """{"weighings":[]}"""), HttpStatusCode.BadRequest, "malformed-json");
        ApiAccessTests.AssertProblem(await bank.PostJsonAsync("/api/v1/cattle/forecast", "[1]"), HttpStatusCode.BadRequest, "malformed-json");
        ApiAccessTests.AssertProblem(await bank.PostAsync("/api/v1/cattle/forecast", "animal,day,kg\n", "text/csv"), HttpStatusCode.BadRequest, "invalid-request");
        ApiAccessTests.AssertProblem(await bank.PostAsync("/api/v1/cattle/forecast?to=3", "x", "text/plain"), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    private static void Place(PortalHost host, WeightForecastAnswer answer, Action<WeightForecastQuestion> asked) =>
        host.Grains.Place<IForecastGrain>("0").On(nameof(IForecastGrain.Forecast), call =>
        {
            asked((WeightForecastQuestion)call[0]!);
            return Task.FromResult(answer);
        });
}
