using System.Text.Json.Nodes;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Operating;

/// <summary>A running Earmark is backed up, restored elsewhere, proved and started: the same values, and no secret in the backup.</summary>
public sealed class Backup_and_restore : IDisposable
{
    private const string Facility = "api/v1/facilities/demo-ranch-loan";
    private const string Site = "api/v1/sites/demo-ranch";
    private readonly string folder = Directory.CreateTempSubdirectory("earmark-backup-").FullName;
    private int round;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_ran_there_runs_here_with_the_same_values()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", $"{Ranch.Cattle}");
        await HearAsync(earmark);
        await earmark.StepAsync(TimeSpan.FromMinutes(1));
        var (facility, site) = (await earmark.GetAsync(Facility), await earmark.GetAsync(Site));
        var (code, said) = await Command.RunAsync("backup", "--data", earmark.DataFolder, "--to", In("backup"));
        Assert.True(code == 0, said);
        Assert.Contains("NOT in it, because they are secrets in clear: master.key", said, StringComparison.Ordinal);
        Assert.Equal(
            ["backup.json", "book.db", "clock.json", "demo.json", "grains.db", "history.db", "journal.db"],
            Directory.GetFiles(In("backup")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var key = await File.ReadAllBytesAsync(Path.Combine(earmark.DataFolder, "master.key"));
        Assert.All(Directory.GetFiles(In("backup")), file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(key)));

        // What comes after the instant of the backup must not show in what is restored; and a backup under load holds together.
        await UnderLoad(earmark, async () => (code, said) = await Command.RunAsync("backup", "--data", earmark.DataFolder, "--to", In("second")));
        Assert.True(code == 0, said);
        (code, said) = await Command.RunAsync("restore", "--from", In("second"), "--secrets", earmark.DataFolder, "--data", In("other"));
        Assert.True(code == 0, said);
        (code, said) = await Command.RunAsync("restore", "--from", In("backup"), "--secrets", earmark.DataFolder, "--data", In("restored"));
        Assert.True(code == 0, said);
        await using var restored = await EarmarkServer.StartOnAsync(In("restored"), "--clock", "stepped", "--no-sim");
        await restored.StepAsync(TimeSpan.FromSeconds(1));
        var (facilityAfter, siteAfter) = (await restored.GetAsync(Facility), await restored.GetAsync(Site));
        Assert.Equal("current", facilityAfter["state"]!.GetValue<string>());
        foreach (var figure in (string[])["eligibleValue", "debt", "ltv", "borrowingBase"])
        {
            Assert.Equal(facility[figure]!.GetValue<decimal>(), facilityAfter[figure]!.GetValue<decimal>());
        }

        Assert.Equal(site["counts"]!.ToJsonString(), siteAfter["counts"]!.ToJsonString());
        var proved = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(In("backup"), "backup.json")))!;
        Assert.True(proved["oneInstant"]!.GetValue<bool>());
        var ranch = proved["proof"]!["sites"]!.AsArray().Single(one => one!["siteId"]!.GetValue<string>() == "demo-ranch")!;
        Assert.Equal(site["position"]!.GetValue<long>(), ranch["position"]!.GetValue<long>());
        Assert.Equal(site["stateHash"]!.GetValue<string>(), ranch["stateHash"]!.GetValue<string>());

        // Its devices are let in and verified: the master key opens their frame keys.
        await HearAsync(restored);
    }

    [Fact]
    public async Task What_is_damaged_incomplete_in_the_way_or_without_its_key_is_refused_and_nothing_is_left_behind()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", $"{Ranch.Cattle}");
        Assert.Equal(0, await earmark.InterruptAsync());
        var data = earmark.DataFolder;
        Assert.Equal(0, (await Command.RunAsync("backup", "--data", data, "--to", In("backup"))).Code);
        await Refuses(2, "is not empty", "backup", "--data", data, "--to", In("backup"));
        await Refuses(2, "There is no journal", "backup", "--data", In("nothing"), "--to", In("other"));
        await Refuses(2, "is not empty", "restore", "--from", In("backup"), "--secrets", data, "--data", data);
        await Refuses(1, "There is no backup", "restore", "--from", In("nothing"), "--secrets", data, "--data", In("restored"));
        await Refuses(2, "There is no master.key", "restore", "--from", In("backup"), "--secrets", folder, "--data", In("restored"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "master.key"), new byte[32]);
        await Refuses(2, "is not the one", "restore", "--from", In("backup"), "--secrets", folder, "--data", In("restored"));
        var journal = Path.Combine(In("backup"), "journal.db");
        var bytes = await File.ReadAllBytesAsync(journal);
        bytes[^100] ^= 1;
        await File.WriteAllBytesAsync(journal, bytes);
        await Refuses(1, "journal.db of the backup is missing or is not what was backed up", "restore", "--from", In("backup"), "--secrets", data, "--data", In("restored"));
        Assert.Equal(["backup", "master.key"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // An entry changed in the stores themselves is found before it gets into a backup.
        await using (var store = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(earmark.DataFolder, "journal.db")};Pooling=False"))
        {
            await store.OpenAsync();
            await using var change = store.CreateCommand();
            change.CommandText = "UPDATE entry SET at = at + 1 WHERE sequence = (SELECT max(sequence) FROM entry WHERE site_key = (SELECT min(site_key) FROM entry))";
            Assert.Equal(1, await change.ExecuteNonQueryAsync());
        }

        await Refuses(1, "chain", "backup", "--data", data, "--to", In("changed"));
        Assert.False(Directory.Exists(In("changed")));
    }

    private static async Task Refuses(int code, string reason, params string[] arguments)
    {
        var (ended, said) = await Command.RunAsync(arguments);
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.Equal(code, ended);
    }

    private async Task UnderLoad(EarmarkServer earmark, Func<Task> act)
    {
        using var enough = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await HearAsync(earmark);
            }
        });
        await act();
        await enough.CancelAsync();
        await load;
    }

    private async Task HearAsync(EarmarkServer earmark)
    {
        var now = (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
        await using var station = new Device(earmark.Device("bs-01"), earmark.MqttPort) { Boot = 1_000 + (uint)++round };
        await station.ConnectAsync();
        var answer = await station.SendAsync(now, "base-station", Herd.Round(round, Enumerable.Range(1, Ranch.Cattle), []));
        Assert.Equal(MQTTnet.MqttClientPublishReasonCode.Success, answer.ReasonCode);
    }

    private string In(string name) => Path.Combine(folder, name);
}
