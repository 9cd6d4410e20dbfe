using Earmark.Silo.GrainState;
using Earmark.Tests.Storage;
using Microsoft.Data.Sqlite;
using Orleans.Storage;
using Orleans.TestingHost;
using Xunit;

namespace Earmark.Tests.Silo.GrainState;

[GenerateSerializer, Alias("earmark.tests.notes")]
public sealed class Notes
{
    [Id(0)]
    public List<string> Lines { get; set; } = [];
}

[Alias("earmark.tests.notebook")]
public interface INotebookGrain : IGrainWithStringKey
{
    [Alias("write")]
    Task Write(string line);

    [Alias("read")]
    Task<string[]> Read();

    [Alias("clear")]
    Task Clear();

    [Alias("forget")]
    Task Forget();
}

public sealed class NotebookGrain([PersistentState("notes", GrainStateHosting.Devices)] IPersistentState<Notes> notes) : Grain, INotebookGrain
{
    public async Task Write(string line)
    {
        notes.State.Lines.Add(line);
        await notes.WriteStateAsync();
    }

    public Task<string[]> Read() => Task.FromResult(notes.State.Lines.ToArray());

    public Task Clear() => notes.ClearStateAsync();

    /// <summary>Ends the activation; the next call starts from what is stored.</summary>
    public Task Forget()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public sealed class GrainStateTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private InProcessTestCluster _cluster = null!;

    private INotebookGrain Grain(string key) => _cluster.Client.GetGrain<INotebookGrain>(key);

    public async ValueTask InitializeAsync() => _cluster = await Start();

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_a_grain_writes_is_read_back_after_its_deactivation_and_after_a_restart_of_the_silo()
    {
        await Grain("tag-1").Write("one");
        await Grain("tag-1").Write("two");
        await Grain("tag-2").Write("other");
        await Grain("tag-1").Forget();
        Assert.Equal(["one", "two"], await Grain("tag-1").Read());
        await _cluster.DisposeAsync();
        _cluster = await Start();
        Assert.Equal(["one", "two"], await Grain("tag-1").Read());
        Assert.Equal(["other"], await Grain("tag-2").Read());
        Assert.Empty(await Grain("tag-3").Read());
    }

    [Fact]
    public async Task A_state_changed_behind_the_grain_s_back_is_inconsistent_and_not_overwritten()
    {
        await Grain("tag-1").Write("one");
        Execute("UPDATE OrleansStorage SET Version = Version + 1");
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grain("tag-1").Write("two"));
        await Grain("tag-1").Forget();
        Assert.Equal(["one"], await Grain("tag-1").Read());
        await Grain("tag-1").Write("three");
        Assert.Equal(["one", "three"], await Grain("tag-1").Read());
    }

    [Fact]
    public async Task A_first_write_where_another_activation_has_written_is_inconsistent()
    {
        await Grain("tag-1").Write("theirs");
        Execute("CREATE TABLE theirs AS SELECT * FROM OrleansStorage; DELETE FROM OrleansStorage");
        await Grain("tag-1").Forget();
        Assert.Empty(await Grain("tag-1").Read());
        Execute("INSERT INTO OrleansStorage SELECT * FROM theirs");
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grain("tag-1").Write("mine"));
        await Grain("tag-1").Forget();
        Assert.Equal(["theirs"], await Grain("tag-1").Read());
    }

    [Fact]
    public async Task A_cleared_state_is_empty_and_can_be_written_again()
    {
        await Grain("tag-1").Write("one");
        await Grain("tag-1").Clear();
        await Grain("tag-1").Forget();
        Assert.Empty(await Grain("tag-1").Read());
        await Grain("tag-1").Write("two");
        await Grain("tag-1").Forget();
        Assert.Equal(["two"], await Grain("tag-1").Read());
    }

    [Fact]
    public async Task Many_grains_write_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Grain($"tag-{i}").Write($"line {i}")));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Grain($"tag-{i}").Forget()));
        Assert.Equal(["line 42"], await Grain("tag-42").Read());
    }

    private async Task<InProcessTestCluster> Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ServiceId = "earmark";
        builder.ConfigureSilo((_, silo) => silo.AddEarmarkGrainState(_folder.Path));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "grains.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
