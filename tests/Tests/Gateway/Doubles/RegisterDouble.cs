using System.Collections.Concurrent;
using Earmark.Contracts.Devices;

namespace Earmark.Tests.Gateway.Doubles;

/// <summary>The register and the refusal log as a gateway sees them.</summary>
internal sealed class RegisterDouble : IDeviceDirectoryGrain, IRefusalLogGrain
{
    private int _asking;

    public ConcurrentDictionary<string, DeviceCredentials> Devices { get; } = new();

    public ConcurrentQueue<string> Asked { get; } = new();

    public ConcurrentQueue<Refusal> Refusals { get; } = new();

    public long Overflowed { get; private set; }

    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeRefusals { get; set; } = () => Task.CompletedTask;

    public int MostAskingAtOnce { get; private set; }

    public async ValueTask<DeviceCredentials?> Find(string deviceId)
    {
        MostAskingAtOnce = Math.Max(MostAskingAtOnce, Interlocked.Increment(ref _asking));
        Asked.Enqueue(deviceId);
        try
        {
            await Before();
            return Devices.GetValueOrDefault(deviceId);
        }
        finally
        {
            Interlocked.Decrement(ref _asking);
        }
    }

    public async ValueTask Record(RefusalBatch batch)
    {
        await BeforeRefusals();
        Overflowed += batch.Overflowed;
        Array.ForEach(batch.Refusals, Refusals.Enqueue);
    }
}
