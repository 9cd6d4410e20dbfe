using Earmark.Contracts.Lending;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Lending;

/// <summary>Sends a facility's view to its portfolio, one at a time: what changes while one is under way is sent once afterwards, and only the newest.</summary>
internal sealed class PortfolioPost(IGrainFactory grains, string institutionId, ILogger log)
{
    private Func<FacilityView>? next;
    private bool isSending;

    /// <summary>Returns at once. Must be called on the grain's own scheduler.</summary>
    public void Offer(Func<FacilityView> view)
    {
        next = view;
        if (!isSending)
        {
            isSending = true;
            _ = Send();
        }
    }

    private async Task Send()
    {
        try
        {
            while (next is { } view)
            {
                next = null;
                await grains.GetGrain<IPortfolioGrain>(institutionId).Update(view());
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The portfolio holds no truth; the next change or tick brings it up to date.
            log.LogWarning(failure, "A facility's view did not reach portfolio {Institution}", institutionId);
        }
        finally
        {
            isSending = false;
        }
    }
}
