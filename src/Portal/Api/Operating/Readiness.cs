using Earmark.Contracts.Market;
using Earmark.Storage.Book;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Earmark.Portal.Api.Operating;

/// <summary>Whether a request that reads the Book and asks a grain would be answered now.</summary>
internal sealed class Readiness(IRegister register, IGrainFactory grains, ILogger<Readiness> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<bool> CheckAsync(CancellationToken cancel)
    {
        try
        {
            var institutions = await register.InstitutionsAsync(cancel).WaitAsync(Patience, cancel);
            if (institutions.Count > 0)
            {
                await grains.GetGrain<IMarketGrain>(institutions[0].InstitutionId).Current().AsTask().WaitAsync(Patience, cancel);
            }

            return true;
        }
        catch (Exception unready) when (!cancel.IsCancellationRequested)
        {
            // An anonymous caller learns only that it is not ready.
            log.LogWarning(unready, "Not ready");
            return false;
        }
    }
}
