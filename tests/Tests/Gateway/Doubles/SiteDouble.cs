using System.Collections.Concurrent;
using Earmark.Contracts.Sites;

namespace Earmark.Tests.Gateway.Doubles;

/// <summary>A site of any kind that answers frames as the test says and remembers what it was given.</summary>
internal sealed class SiteDouble : IRanchGrain, IWarehouseGrain, IFleetGrain
{
    private int _calling;

    public ConcurrentQueue<Frame[]> Batches { get; } = new();

    /// <summary>Frames that were answered as recorded.</summary>
    public ConcurrentQueue<Frame> Answered { get; } = new();

    public IEnumerable<Frame> Frames => Batches.SelectMany(batch => batch);

    /// <summary>Awaited in each call before it answers.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public Func<Frame, FrameReceipt> Answer { get; set; } = _ => new FrameReceipt(FrameOutcome.Recorded, null, 1);

    public int MostCallsAtOnce { get; private set; }

    public async ValueTask<FrameReceipt[]> Record(FrameBatch batch)
    {
        MostCallsAtOnce = Math.Max(MostCallsAtOnce, Interlocked.Increment(ref _calling));
        try
        {
            Batches.Enqueue(batch.Frames);
            await Before();
            FrameReceipt[] receipts = [.. batch.Frames.Select(Answer)];
            foreach (var (frame, receipt) in batch.Frames.Zip(receipts).Where(pair => pair.Second.Outcome == FrameOutcome.Recorded))
            {
                Answered.Enqueue(frame);
            }
            return receipts;
        }
        finally
        {
            Interlocked.Decrement(ref _calling);
        }
    }

    public ValueTask<CommandReceipt> Submit(SiteCommand command) => throw Unused();

    public ValueTask<CommandReceipt?> WhyNot(SiteCommand command) => throw new NotSupportedException();

    public ValueTask Tick(DateTimeOffset now) => throw Unused();

    public ValueTask<bool> JournalOpening() => throw Unused();

    public ValueTask Flush() => throw Unused();

    public ValueTask<SiteSummary> Summary() => throw Unused();

    public ValueTask<DeviceActivity?> Activity(string deviceId) => throw Unused();

    public ValueTask<CollateralReport?> ReportFor(string facilityId) => throw Unused();

    public ValueTask<AssetPage> Assets(AssetQuery query) => throw Unused();

    public ValueTask<AssetDetail?> Asset(string assetId) => throw Unused();

    private static InvalidOperationException Unused() => new("a gateway has no business with this");
}
