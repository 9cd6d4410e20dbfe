using Earmark.Silo.GrainState;
using Orleans.Runtime;
using Orleans.Storage;
using Xunit;

namespace Earmark.Tests.Silo.GrainState;

public sealed class OffSchedulerStorageTests
{
    [Fact]
    public async Task Storage_called_from_a_grain_s_scheduler_does_not_run_on_it()
    {
        var inner = new SchedulerSeeing();
        var storage = new OffSchedulerStorage(inner);
        var grainScheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var state = new GrainState<string>();
        var id = GrainId.Create("tag", "1");
        await Task.Factory.StartNew(
            async () =>
            {
                Assert.Same(grainScheduler, TaskScheduler.Current);
                await storage.ReadStateAsync("s", id, state);
                await storage.WriteStateAsync("s", id, state);
                await storage.ClearStateAsync("s", id, state);
                Assert.Same(grainScheduler, TaskScheduler.Current);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.None,
            grainScheduler).Unwrap();
        Assert.Equal([TaskScheduler.Default, TaskScheduler.Default, TaskScheduler.Default], inner.Seen);
    }

    private sealed class SchedulerSeeing : IGrainStorage
    {
        public List<TaskScheduler> Seen { get; } = [];

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => See();

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => See();

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => See();

        private Task See()
        {
            Seen.Add(TaskScheduler.Current);
            return Task.CompletedTask;
        }
    }
}
