using Earmark.Contracts.Sites;
using Earmark.Gateway.Broker;
using Earmark.Gateway.Intake;
using Earmark.Gateway.Refusals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.Gateway.Outbox;

/// <summary>Gives the outbox's frames to their sites, oldest first for each device, as live frames leave room; a site that does not take them holds up no other.</summary>
internal sealed class OutboxDrain(
    SyncedOutbox outbox, BrokerIntake broker, FrameIntake intake, SiteInboxes sites, RefusalLog refusals, BrokerOptions terms, GatewayOptions options, ILogger<OutboxDrain> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (outbox.Count > 0)
        {
            log.LogInformation("The outbox holds {Frames} frames of an earlier run", outbox.Count);
        }
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var moved = 0;
                ParallelOptions some = new() { MaxDegreeOfParallelism = terms.DrainDevices, CancellationToken = stoppingToken };
                await Parallel.ForEachAsync(outbox.Devices(), some, async (device, cancel) => Interlocked.Add(ref moved, await DrainAsync(device, cancel)));
                if (moved == 0)
                {
                    await Task.Delay(terms.DrainPause, options.Time, stoppingToken);
                }
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                log.LogError(unreadable, "The outbox could not be read; it is tried again");
                await Task.Delay(terms.DrainPause, options.Time, stoppingToken);
            }
        }
    }

    /// <summary>How many frames of the device need no keeping any more.</summary>
    private async ValueTask<int> DrainAsync(string deviceId, CancellationToken cancellationToken)
    {
        var session = await broker.FindAsync(deviceId, cancellationToken);
        if (session is not null && sites.IsAway(session.Device))
        {
            return 0;
        }
        var frames = outbox.Oldest(deviceId, terms.DrainAtOnce);
        var outcomes = new Task<FrameOutcome>[frames.Length];
        for (var i = 0; i < frames.Length; i++)
        {
            outcomes[i] = Refused(deviceId, frames[i], session is null) ?? OfferAsync();

            async Task<FrameOutcome> OfferAsync()
            {
                TaskCompletionSource<FrameOutcome> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await intake.TakeAsync(new BrokerArrival(session!, frames[i]!.Bytes, (_, outcome) => answer.SetResult(outcome)) { ReceivedAt = frames[i]!.ReceivedAt }, cancellationToken);
                return await answer.Task;
            }
        }
        // In order: a frame behind one that was not taken is offered again with it, and is a duplicate then.
        var done = (await Task.WhenAll(outcomes)).TakeWhile(outcome => outcome != FrameOutcome.NotRecorded).Count();
        outbox.Done(deviceId, done);
        return done;
    }

    private Task<FrameOutcome>? Refused(string deviceId, OutboxFrame? frame, bool isUnknown)
    {
        if (frame is not null && !isUnknown)
        {
            return null;
        }
        if (frame is null)
        {
            log.LogCritical("A frame of {Device} in the outbox cannot be read back; it is lost", deviceId);
        }
        refusals.Add(deviceId, frame is null ? GatewayReasons.OutboxUnreadable : GatewayReasons.NoLongerRegistered, 0, frame?.Bytes ?? []);
        return Task.FromResult(FrameOutcome.Refused);
    }
}
