using System.Globalization;
using System.Net;
using System.Text.Json;
using Earmark.Host.Running;
using Earmark.SystemTests.Running;
using Microsoft.AspNetCore.Http;

namespace Earmark.SystemTests.Operating;

/// <summary>Metrics, logs and who may read them, on a running Earmark whose History is away.</summary>
public sealed class What_an_operator_sees
{
    [Fact]
    public async Task Metrics_say_how_it_goes_without_naming_a_device_an_asset_or_a_site()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", $"{Ranch.Cattle}", "--log", "json", "--influx", $"http://127.0.0.1:{Ports.Free()}");
        using var client = new HttpClient { BaseAddress = earmark.Address };
        var before = await MetricsAsync(client);
        await using var station = new Device(earmark.Device("bs-01"), earmark.MqttPort);
        await station.ConnectAsync();
        var now = (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
        for (var round = 1; round <= 5; round++)
        {
            await station.SendAsync(now, "base-station", Herd.Round(round, Enumerable.Range(1, Ranch.Cattle), []));
        }

        await station.SendBytesAsync([1, 2, 3]);
        await earmark.StepAsync(TimeSpan.FromMinutes(2));
        // What was asked for a moment ago is answered again from what was shown then.
        var after = await MetricsAsync(client);
        for (var look = 0; look < 600 && Recorded(after) == Recorded(before); look++)
        {
            await Task.Delay(100);
            after = await MetricsAsync(client);
        }

        Assert.Equal(5, Recorded(after) - Recorded(before));
        Assert.Equal(1, Sum(after, "earmark_gateway_refusals_total") - Sum(before, "earmark_gateway_refusals_total"));
        Assert.InRange(Sum(after, "earmark_journal_entries_total") - Sum(before, "earmark_journal_entries_total"), 5, 100);
        Assert.True(Sum(after, "earmark_journal_commit_seconds_count") > Sum(before, "earmark_journal_commit_seconds_count"));
        Assert.Equal(3, Sum(after, "earmark_sites_active"));
        Assert.InRange(Sum(after, "earmark_site_lag_seconds"), 0, 120);
        Assert.InRange(Sum(after, "earmark_facility_value_age_seconds"), 0, 120);
        Assert.True(Sum(after, "earmark_history_lag_seconds") >= 120 && Sum(after, "earmark_history_failures") >= 1, "History is away for the whole run");
        foreach (var name in (string[])["earmark_margin_calls_open", "earmark_alarms_open", "earmark_gateway_connections"])
        {
            Assert.Contains(after, line => line.StartsWith(name, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(after, line => line.Contains("bs-01", StringComparison.Ordinal) || line.Contains(Herd.Tag(1), StringComparison.Ordinal) || line.Contains("demo-ranch", StringComparison.Ordinal));
        await AssertLogNamesNobody(earmark);
    }

    [Theory]
    [InlineData(null, "127.0.0.1", null, null, 200)]
    [InlineData(null, "::1", null, null, 200)]
    [InlineData(null, "10.0.0.7", null, null, 403)]
    [InlineData(null, "127.0.0.1", "X-Forwarded-For", null, 403)]
    [InlineData("secret", "127.0.0.1", null, null, 401)]
    [InlineData("secret", "10.0.0.7", null, "Bearer secret", 200)]
    [InlineData("secret", "10.0.0.7", "X-Forwarded-For", "Bearer secret", 200)]
    [InlineData("secret", "10.0.0.7", null, "Bearer secre", 401)]
    [InlineData("secret", "10.0.0.7", null, "Basic secret", 401)]
    [InlineData("", "10.0.0.7", null, "Bearer ", 403)]
    public async Task Metrics_are_for_this_machine_or_for_who_shows_the_token(string? token, string from, string? proxy, string? shown, int status)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        if (proxy is not null)
        {
            context.Request.Headers[proxy] = "10.0.0.9";
        }

        context.Request.Headers.Authorization = shown;
        await new OperatorGate(token).PassAsync(context, _ => Task.CompletedTask);
        Assert.Equal(status, context.Response.StatusCode);
    }

    private static double Recorded(string[] metrics) => Sum(metrics, "earmark_gateway_frames_total", "outcome=\"Recorded\"");

    private static async Task<string[]> MetricsAsync(HttpClient client) =>
        (await client.GetStringAsync("metrics")).Split('\n').Where(line => !line.StartsWith('#')).ToArray();

    /// <summary>Over all labels but those asked for.</summary>
    private static double Sum(string[] metrics, string name, string label = "") => metrics
        .Where(line => (line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal)) && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));

    /// <summary>What is logged as JSON carries ids, never people or secrets.</summary>
    private static async Task AssertLogNamesNobody(EarmarkServer earmark)
    {
        var logged = earmark.Output.Split(Environment.NewLine).Where(line => line.StartsWith('{')).ToArray();
        Assert.Contains(logged, line => JsonDocument.Parse(line).RootElement.GetProperty("Category").GetString() == "Earmark.Silo.Histories.HistoryTailer");
        var borrower = (await earmark.GetAsync("api/v1/facilities/demo-ranch-loan"))["borrowerName"]!.GetValue<string>();
        string[] unspoken = [borrower, earmark.Key("bank-officer"), earmark.Device("bs-01").Password, earmark.Device("bs-01").FrameKeyHex];
        Assert.DoesNotContain(logged, line => unspoken.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }
}
