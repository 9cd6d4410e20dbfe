using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites.Transitions;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Sites.Outbound;

/// <summary>
/// Puts open transitions to the device grains and brings their answers back as commands. Each is asked once when it arises and
/// again after every tick, until an answer is journaled.
/// </summary>
internal sealed class TransitionCourier(
    string siteId, Func<IReadOnlyList<OpenTransition>> open, ISiteNeighbours neighbours, Func<SiteCommand, Task> submit, ILogger log)
{
    public const int AtOnce = 32;
    public const int PerPass = 1_000;

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public bool IsDue => !Running && open().Any(transition => !_asked.Contains(transition.TransitionId));

    public bool Running { get; private set; }

    /// <summary>A tick has passed: what is still open is asked again.</summary>
    public void AskAgain() => _asked.Clear();

    public async Task PassAsync()
    {
        Running = true;
        try
        {
            var due = open().Where(transition => !_asked.Contains(transition.TransitionId)).Take(PerPass).ToArray();
            foreach (var some in due.Chunk(AtOnce))
            {
                await Task.WhenAll(some.Select(AskAsync));
            }
        }
        finally
        {
            Running = false;
        }
    }

    private async Task AskAsync(OpenTransition transition)
    {
        _asked.Add(transition.TransitionId);
        try
        {
            var answer = await neighbours.DecideAsync(
                transition.DeviceKind,
                transition.DeviceId,
                new AssetTransition(transition.TransitionId, siteId, transition.AssetId, transition.Transition, transition.At, transition.Because));
            await submit(new AnswerTransition(
                transition.TransitionId, transition.DeviceId, transition.AssetId, transition.Transition, answer.Accepted, answer.Reason, answer.Version));
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "{Transition} was not answered; it is asked again after the next tick", transition.TransitionId);
        }
    }
}
