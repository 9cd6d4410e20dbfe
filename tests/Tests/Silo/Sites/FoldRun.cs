using Earmark.Contracts.Sites;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Writing;
using Xunit;

namespace Earmark.Tests.Silo.Sites;

/// <summary>Feeds entries to a fold without a grain or a journal.</summary>
internal sealed class FoldRun(SiteKind kind, string siteId)
{
    private long _position;

    public SiteFold Fold { get; private set; } = SiteReplay.NewFold(kind, siteId);

    public DateTimeOffset Now { get; private set; } = HandClock.Start;

    public FoldRun Wait(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public FoldRun Tick() => Apply(Draft.Tick(Now));

    public FoldRun Ticks(int count, TimeSpan apart)
    {
        for (var tick = 0; tick < count; tick++)
        {
            Wait(apart).Tick();
        }

        return this;
    }

    public FoldRun Submit(SiteCommand command)
    {
        var refused = Fold.Check(command);
        Assert.True(refused is null, $"{refused?.Reason}: {refused?.Detail}");
        return Apply(Draft.Command(CommandJson.Write(command), Now));
    }

    public FoldRun Submit(IEnumerable<SiteCommand> commands)
    {
        foreach (var command in commands)
        {
            Submit(command);
        }

        return this;
    }

    public string? Refusal(SiteCommand command) => Fold.Check(command)?.Reason;

    public FoldRun Hear(string device, byte[] frame, FrameTrust trust = FrameTrust.Verified) =>
        Apply(Draft.Frame(new Frame(device, Now, trust, frame), Now));

    public CollateralReport Report(string facility) => Fold.Report(facility, 1, 1);

    public long Eligible(string facility) => Report(facility).Rows.Sum(row => row.AfterConfidenceGrams);

    public AssetDetail Asset(string id) => Fold.Asset(id) ?? throw new InvalidOperationException($"no {id}");

    /// <summary>Goes on from its own snapshot.</summary>
    public FoldRun Restart()
    {
        var snapshot = Fold.Snapshot();
        Fold = SiteReplay.NewFold(kind, siteId);
        Fold.Restore(snapshot);
        Assert.Equal(snapshot, Fold.Snapshot());
        return this;
    }

    private FoldRun Apply(Draft draft)
    {
        Fold.Apply(draft.As(++_position));
        return this;
    }
}
