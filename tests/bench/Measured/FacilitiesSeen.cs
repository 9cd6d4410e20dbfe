using System.Diagnostics;
using System.Text.Json.Nodes;
using Earmark.Bench.Running;

namespace Earmark.Bench.Measured;

/// <summary>The bench's facilities as GET /facilities answers them.</summary>
internal static class FacilitiesSeen
{
    private static readonly TimeSpan CountLimit = TimeSpan.FromMinutes(3);

    /// <summary>Newest price version seen at any facility.</summary>
    public static long PriceVersion { get; private set; }

    public static async Task<long> OldestPriceAsync(Api api, int facilities)
    {
        var seen = await AllAsync(api, facilities);
        var versions = seen.Select(facility => facility["priceVersion"]!.GetValue<long>()).ToArray();
        PriceVersion = versions.Max();
        return versions.Min();
    }

    /// <summary>Waits until each is current and has value.</summary>
    public static async Task AllCountedAsync(Api api, int facilities)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var counted = (await AllAsync(api, facilities)).Count(facility =>
                facility["state"]!.GetValue<string>() == "current" && facility["eligibleValue"]!.GetValue<decimal>() > 0);
            if (counted == facilities)
            {
                await OldestPriceAsync(api, facilities);
                return;
            }

            if (since.Elapsed > CountLimit)
            {
                throw new TimeoutException($"Only {counted} of {facilities} facilities have value after {CountLimit}.");
            }

            await Task.Delay(500);
        }
    }

    private static async Task<JsonNode[]> AllAsync(Api api, int facilities)
    {
        var all = (await api.GetAsync("facilities"))["facilities"]!.AsArray()
            .Where(facility => facility!["facilityId"]!.GetValue<string>().StartsWith("bench-loan-", StringComparison.Ordinal)).Select(facility => facility!).ToArray();
        return all.Length == facilities ? all : throw new InvalidOperationException($"{all.Length} of {facilities} facilities are listed.");
    }
}
