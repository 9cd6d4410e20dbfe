using Earmark.Contracts.Sites;

namespace Earmark.Silo;

/// <summary>
/// Submitting to a site that may just be opening or ending: nothing was journaled then and the same command id may come
/// again, so it does, for a few seconds. A refusal of the command itself is answered at once.
/// </summary>
internal static class SitePatience
{
    /// <summary>Real time, well inside Orleans' limit of 30 s for the call we are part of.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly string[] Passing = ["catching-up", "fenced", "journal-unavailable", "unknown-outcome", "quarantined"];

    public static async Task<CommandReceipt> SubmitPatiently(this ISiteGrain site, SiteCommand command)
    {
        var waited = TimeSpan.Zero;
        for (var pause = First; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            var receipt = await site.Submit(command);
            if (receipt.Accepted || waited >= Limit || !Passing.Contains(receipt.Reason, StringComparer.Ordinal))
            {
                return receipt;
            }

            await Task.Delay(pause, TimeProvider.System);
            waited += pause;
        }
    }
}
