using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Earmark.Storage.History;
using Earmark.Storage.Influx;
using Earmark.SystemTests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Earmark.SystemTests.Histories;

/// <summary>Rights, retention, limits and names on a real server.</summary>
public sealed class What_an_InfluxDB_allows_and_keeps(SharedInflux shared)
{
    // The server forgets by its own clock.
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly DateTimeOffset LongAgo = Now.AddDays(-200);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_asked_to_forget_by_itself_and_what_is_older_is_no_error()
    {
        var server = await shared.ServerAsync();
        var name = server.NewName();
        using var history = Open(server.Options(name));
        await history.WriteAsync([Point("old", LongAgo), Point("new", Now)], Cancel);
        Assert.Empty(await Read(history, "old"));
        Assert.Single(await Read(history, "new"));
        await history.WriteAsync([Point("old", LongAgo) with { Series = HistorySeries.TagDay }], Cancel);
        Assert.Single(await history.ReadAsync(HistorySeries.TagDay, "old", LongAgo.AddDays(-1), Now, 10, Cancel));
        await history.SetWatermarkAsync("journal", 42, Cancel);
        Assert.Equal(0, await history.ForgetAsync(Now.AddDays(1), Now.AddDays(1), Cancel));
        Assert.Equal(42, await history.WatermarkAsync("journal", Cancel));
        Assert.Single(await Read(history, "new"));
        var policies = await server.QueryAsync($"SHOW RETENTION POLICIES ON \"{name}\"");
        Assert.Contains("""["earmark_points","2160h0m0s","24h0m0s",1,false],["earmark_days","26280h0m0s","720h0m0s",1,false],["earmark_kept","0s",""", policies, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_retention_at_the_next_start_changes_the_server_s()
    {
        var server = await shared.ServerAsync();
        var name = server.NewName();
        using (var first = Open(server.Options(name)))
        {
            await first.WriteAsync([Point("cow", Now)], Cancel);
        }

        using var second = Open(server.Options(name) with { Retention = TimeSpan.FromHours(30) });
        Assert.Single(await Read(second, "cow"));
        Assert.Contains("""["earmark_points","30h0m0s","1h0m0s",1,false]""", await server.QueryAsync($"SHOW RETENTION POLICIES ON \"{name}\""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_rights_over_retention_writes_where_it_may_and_Earmark_forgets()
    {
        var server = await shared.ServerAsync();
        var name = server.NewName();
        await server.QueryAsync($"CREATE DATABASE \"{name}\"; CREATE USER \"{name}\" WITH PASSWORD 'w'; GRANT ALL ON \"{name}\" TO \"{name}\"");
        using var history = Open(server.Options(name) with { Credential = InfluxCredential.User(name, "w") });
        await history.WriteAsync([Point("cow", LongAgo), Point("cow", Now)], Cancel);
        await history.SetWatermarkAsync("journal", 42, Cancel);
        Assert.Equal(1, await history.ForgetAsync(Now.AddDays(-1), Now.AddDays(-1), Cancel));
        Assert.Single(await Read(history, "cow"));
        Assert.Equal(42, await history.WatermarkAsync("journal", Cancel));
    }

    [Fact]
    public async Task Refusals_past_what_a_device_may_keep_are_deleted_not_only_hidden()
    {
        var server = await shared.ServerAsync();
        var name = server.NewName();
        using var history = Open(server.Options(name) with { RefusalsBetweenTrims = 1_300 });
        await history.WriteRefusalsAsync([.. Enumerable.Range(0, 700).Select(i => Refusal("bs-1", i))], Cancel);
        await history.WriteRefusalsAsync([.. Enumerable.Range(0, 600).Select(i => Refusal(i < 20 ? "bs-2" : null, i))], Cancel);
        var counts = await server.QueryAsync($"SELECT count(\"place\") FROM \"{name}\".\"earmark_points\".\"refusal\" GROUP BY \"device\"");
        Assert.Equal(2, counts.Split($",{HistoryLimits.RefusalsPerDevice}]").Length - 1);
        Assert.Contains(",20]", counts, StringComparison.Ordinal);
        Assert.Equal(699, (await history.ReadRefusalsAsync("bs-1", 10, Cancel))[0].Count);
    }

    [Fact]
    public async Task Refusals_of_the_same_instant_stay_apart_and_the_same_write_repeated_doubles_none()
    {
        var server = await shared.ServerAsync();
        using var history = Open(server.Options(server.NewName()));
        RefusalRow[] rows = [Refusal("bs-1", 0), Refusal("bs-1", 0), Refusal("bs-1", 0) with { Offset = 9 }];
        await history.WriteRefusalsAsync(rows, Cancel);
        await history.WriteRefusalsAsync(rows, Cancel);
        Assert.Equal([5, 5, 9], (await history.ReadRefusalsAsync("bs-1", 10, Cancel)).Select(refusal => refusal.Offset).Order());
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_no_secret_is_in_the_reason_or_in_the_server_s_log()
    {
        await using var server = await InfluxServer.StartAsync();
        using var wrong = Open(server.Options("earmark") with { Credential = InfluxCredential.User(InfluxServer.Admin, "guessed-secret") });
        var refused = await Assert.ThrowsAnyAsync<HistoryAwayException>(() => wrong.WatermarkAsync("journal", Cancel));
        Assert.Contains("authorization failed", refused.Message, StringComparison.Ordinal);
        using var right = Open(server.Options("earmark"));
        await right.WriteAsync([Point("cow", Now)], Cancel);
        Assert.DoesNotContain("guessed-secret", refused + server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Password, server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Password, server.Options("earmark").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_token_opens_it_as_well()
    {
        var server = await shared.ServerAsync();
        using var history = Open(server.Options(server.NewName()) with { Credential = InfluxCredential.Token("Bearer " + Signed(server)) });
        await history.WriteAsync([Point("cow", Now)], Cancel);
        Assert.Single(await Read(history, "cow"));
    }

    [Fact]
    public async Task Names_made_to_break_out_reach_only_their_own_points()
    {
        var server = await shared.ServerAsync();
        var name = server.NewName();
        using var history = Open(server.Options(name));
        var random = new Random(20261122);
        const string Alphabet = "'\"\\,= \n\r\t;%/*().:-_aA0\0牛\ud83d\udc04";
        var names = Enumerable.Range(0, 150)
            .Select(i => string.Concat(Enumerable.Range(0, 1 + random.Next(30)).Select(_ => Alphabet[random.Next(Alphabet.Length)])))
            .Append("x'; DROP DATABASE \"" + name + "\"; --").Append("x\" ; DROP SERIES FROM /.*/")
            .Distinct(StringComparer.Ordinal).ToArray();
        await history.WriteAsync([.. names.Select((subject, i) => Point(subject, Now, i))], Cancel);
        for (var i = 0; i < names.Length; i++)
        {
            Assert.Equal(i, Assert.Single(await Read(history, names[i])).Values[0]);
            Assert.Empty(await history.ReadAsync(names[i], "cow", LongAgo, Now, 1, Cancel));
        }

        var series = await server.QueryAsync($"SELECT count(\"shape\") FROM \"{name}\".\"earmark_points\"./.*/ GROUP BY *");
        Assert.Equal(names.Length, series.Split("\"tags\"").Length - 1);
    }

    private static InfluxHistory Open(InfluxOptions options) => new(options, NullLogger<InfluxHistory>.Instance);

    private static Task<IReadOnlyList<HistoryPoint>> Read(InfluxHistory history, string subject) =>
        history.ReadAsync(HistorySeries.TagQuarter, subject, LongAgo.AddDays(-1), Now.AddDays(1), 10, Cancel);

    private static HistoryPoint Point(string subject, DateTimeOffset at, double value = 1) => new(HistorySeries.TagQuarter, subject, at, [value]);

    private static RefusalRow Refusal(string? device, int second) => new(Now.AddSeconds(second), device, "bad-crc", 5, [1, 2], second);

    /// <summary>A token as InfluxDB 1.x takes it: signed with the secret it shares, naming the user.</summary>
    private static string Signed(InfluxServer server)
    {
        var expires = Now.AddHours(1).ToUnixTimeSeconds();
        var text = $"{Coded("""{"alg":"HS256","typ":"JWT"}""")}.{Coded($$"""{"username":"{{InfluxServer.Admin}}","exp":{{expires}}}""")}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(server.SharedSecret), Encoding.UTF8.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Coded(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
