using System.Text.Json.Nodes;
using Earmark.SystemTests.Running;
using Npgsql;

namespace Earmark.SystemTests.Cluster;

/// <summary>
/// A bank's operator archives the journal of a cluster that runs: the processes may not delete an entry, the database's owner may.
/// Afterwards sites open, are computed again and go on without what went; the file proves itself and brings it back.
/// </summary>
public sealed class Old_entries_go_into_an_archive(SharedPostgres shared)
{
    private const int Cattle = 20;
    private const string Runner = "archive_runner";
    private const string Ranch = "api/v1/sites/demo-ranch";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_period_of_a_running_cluster_is_archived_recomputed_without_and_brought_back()
    {
        var owner = await shared.NewDatabaseAsync();
        using var files = new Tests.Storage.TemporaryFolder();
        var (ownerFile, folder) = (Path.Combine(files.Path, "owner"), Path.Combine(files.Path, "archive"));
        await File.WriteAllTextAsync(ownerFile, owner);
        await PostgresServer.ExecuteAsync(owner, $"CREATE ROLE {Runner} LOGIN PASSWORD 'runs-only'");
        await EarmarkAsync("migrate", "--postgres-file", ownerFile, "--grant", Runner);
        var runner = new NpgsqlConnectionStringBuilder(owner) { Username = Runner, Password = "runs-only" }.ToString();
        await using var cluster = await EarmarkCluster.StartAsync(runner, silos: 1, gateways: 1, Cattle);
        var before = await cluster.UntilAsync(Ranch, _ => true);

        Assert.Equal(2, (await EarmarkAsync("journal", "close", "--postgres-file", ownerFile))[0]["open"]!.GetValue<int>());
        var archived = Assert.Single(await EarmarkAsync("journal", "archive", "--postgres-file", ownerFile, "--folder", folder, "--older-than-days", "0", "--no-history"));
        Assert.True(archived["ok"]!.GetValue<bool>(), $"{archived}{Environment.NewLine}{cluster.Output}");
        var file = archived["file"]!.GetValue<string>();
        Assert.True((await EarmarkAsync("journal", "verify", file))[^1]["ok"]!.GetValue<bool>());

        await cluster.Silos[0].KillAsync();
        await cluster.Silos[0].StartAsync();
        var after = await cluster.UntilAsync(Ranch, ranch => ranch["position"]!.GetValue<long>() > before["position"]!.GetValue<long>());
        Assert.Equal(before["counts"]!["animals"]!.GetValue<int>(), after["counts"]!["animals"]!.GetValue<int>());
        await RecomputesAsync(ownerFile);

        Assert.True(Assert.Single(await EarmarkAsync("journal", "attach", file, "--postgres-file", ownerFile))["ok"]!.GetValue<bool>());
        await RecomputesAsync(ownerFile);
    }

    private static async Task RecomputesAsync(string ownerFile)
    {
        var sites = await EarmarkAsync("rebuild", "--postgres-file", ownerFile);
        Assert.Equal(3, sites.Count);
        Assert.All(sites, site => Assert.True(site["ok"]!.GetValue<bool>(), site.ToJsonString()));
    }

    /// <summary>One call that succeeds; the JSON lines it prints.</summary>
    private static async Task<List<JsonNode>> EarmarkAsync(params string[] arguments)
    {
        await using var child = Child.Earmark(arguments);
        var code = await child.WaitAsync(Limit);
        Assert.True(code == 0, $"earmark {string.Join(' ', arguments)} ended with {code}: {child.Output}");
        return [.. child.Output.Split(Environment.NewLine).Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!)];
    }
}
