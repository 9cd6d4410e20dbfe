using Earmark.Contracts.Devices;
using Earmark.Storage.History;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Devices;

/// <summary>
/// Keeps what gateways refused in History, for the device page. History may be away for hours: then details are lost and
/// counted in the log, because evidence of what was refused never holds up what is accepted.
/// </summary>
public sealed class RefusalLogGrain(IHistory history, ILogger<RefusalLogGrain> log) : Grain, IRefusalLogGrain
{
    public async ValueTask Record(RefusalBatch batch)
    {
        var rows = batch.Refusals.Take(RefusalBatch.MaximumRefusals).Select(Row).ToList();
        if (batch.Overflowed > 0 || rows.Count < batch.Refusals.Length)
        {
            log.LogWarning("{Count} refusals were counted without details", batch.Overflowed + batch.Refusals.Length - rows.Count);
        }

        try
        {
            await history.WriteRefusalsAsync(rows, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.LogWarning("History is away: details of {Count} refusals are lost ({Reason})", rows.Count, failure.Message);
        }
    }

    private static RefusalRow Row(Refusal refusal) => new(
        refusal.At,
        refusal.DeviceId,
        refusal.Reason,
        refusal.Offset,
        refusal.FirstBytes.Length <= Refusal.MaximumFirstBytes ? refusal.FirstBytes : refusal.FirstBytes[..Refusal.MaximumFirstBytes],
        refusal.Count);
}
