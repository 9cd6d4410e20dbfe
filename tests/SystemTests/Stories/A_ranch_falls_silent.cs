using System.Net;
using Earmark.SystemTests.Running;
using MQTTnet;

namespace Earmark.SystemTests.Stories;

/// <summary>The uplink of a ranch is cut and Earmark restarted: without a single frame the value falls and draws are refused.</summary>
public sealed class A_ranch_falls_silent
{
    private const string Facility = "api/v1/facilities/demo-ranch-loan";

    [Fact]
    public async Task Value_falls_along_its_ramp_and_a_draw_is_refused()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", "60");
        await using (var station = new Device(earmark.Device("bs-01"), earmark.MqttPort))
        {
            await station.ConnectAsync();
            var now = (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
            var heard = await station.SendAsync(now, "base-station", Herd.Round(1, Enumerable.Range(1, 60), []));
            Assert.Equal(MqttClientPublishReasonCode.Success, heard.ReasonCode);
        }

        await earmark.StepAsync(TimeSpan.FromMinutes(1));
        var full = await Value(earmark);
        await earmark.KillAsync();
        await earmark.StartAgainAsync();

        await earmark.StepAsync(TimeSpan.FromHours(23));
        // The grace holds; only the weights' lower bounds sink a little, for nobody weighs.
        Assert.InRange(await Value(earmark), 0.99m * full, full);
        await earmark.StepAsync(TimeSpan.FromHours(25));
        var half = await Value(earmark);
        Assert.InRange(half, 0.45m * full, 0.55m * full);
        var (status, refusal) = await earmark.PostAsync(
            Facility + "/draws", new { id = "draw-in-silence", amount = 1_000, payee = "feed-supplier", instalments = 3, firstDueOn = "2027-03-01" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(refusal!["reason"]!.GetValue<string>(), new[] { "stale", "unobserved" });

        await earmark.StepAsync(TimeSpan.FromHours(25));
        Assert.Equal(0, await Value(earmark));
        var gone = await earmark.GetAsync(Facility);
        Assert.Null(gone["ltv"]);
        Assert.Equal("liquidation", gone["lineState"]!.GetValue<string>());
        var ranch = await earmark.GetAsync("api/v1/sites/demo-ranch");
        Assert.Equal(0, ranch["counts"]!["missing"]?.GetValue<int>() ?? 0);
    }

    private static async Task<decimal> Value(EarmarkServer earmark) =>
        (await earmark.GetAsync(Facility))["eligibleValue"]!.GetValue<decimal>();
}
