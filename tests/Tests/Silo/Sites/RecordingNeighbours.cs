using System.Collections.Concurrent;
using Earmark.Contracts.Alarms;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites.Outbound;

namespace Earmark.Tests.Silo.Sites;

/// <summary>Takes what sites tell and answers for the devices.</summary>
internal sealed class RecordingNeighbours : ISiteNeighbours
{
    public ConcurrentQueue<CollateralReport> Reports { get; } = new();

    public ConcurrentQueue<AlarmStanding> Standings { get; } = new();

    public ConcurrentQueue<AssetTransition> Asked { get; } = new();

    public Func<AssetTransition, TransitionAnswer> Answer { get; set; } = _ => new TransitionAnswer(true, null, 1);

    /// <summary>What a report meets; throws to lose it.</summary>
    public Func<CollateralReport, Task> OnReport { get; set; } = _ => Task.CompletedTask;

    public async Task ReportAsync(CollateralReport report)
    {
        await OnReport(report);
        Reports.Enqueue(report);
    }

    public Task StandAsync(AlarmStanding standing)
    {
        Standings.Enqueue(standing);
        return Task.CompletedTask;
    }

    public Task<TransitionAnswer> DecideAsync(string kind, string deviceId, AssetTransition transition)
    {
        Asked.Enqueue(transition);
        return Task.FromResult(Answer(transition));
    }
}
