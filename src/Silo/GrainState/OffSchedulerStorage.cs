using Orleans.Storage;

namespace Earmark.Silo.GrainState;

/// <summary>
/// Microsoft.Data.Sqlite's asynchronous calls block until they are done. On a grain's scheduler they would hold one of the few
/// threads all grains share, so every call goes to the thread pool; the grain only awaits it.
/// </summary>
public sealed class OffSchedulerStorage(IGrainStorage inner) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Task.Run(() => inner.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Task.Run(() => inner.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Task.Run(() => inner.ClearStateAsync(stateName, grainId, grainState));
}
