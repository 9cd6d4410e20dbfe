using System.Diagnostics;
using System.Text.Json.Nodes;
using Earmark.Bench.Load;

namespace Earmark.Bench.Running;

/// <summary>Ranches, fleets and facilities brought in through the API, as people would.</summary>
internal sealed class Onboarding(Api api)
{
    public const ulong FirstTag = 156_100_000_000_000;
    // As many imports as one institution may run at once; its one registrar takes requests one by one anyway.
    private const int AtOnce = 2;
    private const int AssetsPerRequest = 1_000;
    private const int DrawnYuan = 50_000;
    private const string Pen = "pen-1";

    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public static string Ranch(int number) => $"bench-ranch-{number}";

    public static string Animal(int ranch, int number) => $"cow-{ranch}-{number}";

    public static string Facility(int number) => $"bench-loan-{number}";

    /// <summary>Ranches with animals, tagged and weighed, and one base station each.</summary>
    public async Task<LoadDevice[]> RanchesAsync(int ranches, int animals, int first = 1)
    {
        var since = Stopwatch.GetTimestamp();
        var stations = new LoadDevice[ranches];
        await Each(ranches, async index => stations[index] = await RanchAsync(first + index, animals));
        Progress.Say($"  {ranches:N0} ranches × {animals:N0} animals onboarded over the API in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");
        return stations;
    }

    /// <summary>Nodes that travel with a shipment each, spread over fleets.</summary>
    public async Task<LoadDevice[]> NodesAsync(int nodes, int fleets)
    {
        var since = Stopwatch.GetTimestamp();
        var devices = new List<LoadDevice>[fleets];
        await Each(fleets, async fleet => devices[fleet] = await FleetAsync(fleet + 1, nodes / fleets));
        Progress.Say($"  {fleets:N0} fleets × {nodes / fleets:N0} nodes onboarded over the API in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");
        return [.. devices.SelectMany(list => list)];
    }

    /// <summary>One facility a ranch, its whole herd pledged.</summary>
    public async Task FacilitiesAsync(int facilities, int animals)
    {
        var since = Stopwatch.GetTimestamp();
        await Each(facilities, async index =>
        {
            var number = index + 1;
            await api.PostAsync("facilities", new
            {
                facilityId = Facility(number), product = "bench", borrowerId = $"borrower-{number}", borrowerName = "Bench", limit = 100_000_000,
                annualRatePercent = 4.35, priceClasses = new[] { "beef-cattle" }, haircut = 0.2, advanceRate = 0.6,
                lines = new { draw = 0.65, warning = 0.7, marginCall = 0.75, liquidation = 0.85, hysteresis = 0.02 },
            });
            var assetIds = Enumerable.Range(1, animals).Select(animal => Animal(number, animal)).ToArray();
            await api.PostAsync($"facilities/{Facility(number)}/pledges", new { siteId = Ranch(number), assetIds, registrationNumber = $"zdw-{number}" });
        });
        Progress.Say($"  {facilities:N0} facilities with {animals:N0} animals pledged each in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");
    }

    /// <summary>A loan on each facility, so that it has an LTV; small enough that no line is near.</summary>
    public Task DrawAsync(int facilities) => Each(facilities, index => api.PostAsync($"facilities/{Facility(index + 1)}/draws", new
    {
        amount = DrawnYuan, payee = "bench", instalments = 12, firstDueOn = DateOnly.FromDateTime(now.UtcDateTime.AddMonths(1)),
    }));

    private async Task<LoadDevice> RanchAsync(int number, int animals)
    {
        var site = Ranch(number);
        await api.PostAsync("sites", new { siteId = site, kind = "ranch", displayName = site, zones = new[] { Pen } });
        var station = Device(await api.PostAsync("devices", new { deviceId = $"bs-{number}", kind = "base-station", site, zone = Pen, simulated = true }));
        var firstTag = FirstTag + ((ulong)number * 10_000);
        foreach (var chunk in Enumerable.Range(1, animals).Chunk(AssetsPerRequest))
        {
            await api.PostAsync($"sites/{site}/animals", chunk.Select(animal => new
            {
                assetId = Animal(number, animal), priceClass = "beef-cattle", breed = "simmental", sex = "female", pen = Pen, bornAt = now.AddYears(-2),
                weightKilograms = 500, weighedAt = now, tag = $"{firstTag + (ulong)animal - 1}", weighing = "chute", insuredUntil = now.AddYears(1),
            }));
        }

        return station with { FirstTag = firstTag, Tags = animals };
    }

    private async Task<List<LoadDevice>> FleetAsync(int fleet, int nodes)
    {
        var site = $"bench-fleet-{fleet}";
        await api.PostAsync("sites", new { siteId = site, kind = "fleet", displayName = site, zones = new[] { "route-1" } });
        var names = Enumerable.Range(1, nodes).Select(node => $"gps-{fleet}-{node}").ToArray();
        var csv = "deviceId,kind,zone,simulated\n" + string.Concat(names.Select(name => $"{name},gps-node,route-1,true\n"));
        var import = await api.PostCsvAsync($"sites/{site}/import/devices", csv);
        foreach (var chunk in names.Chunk(AssetsPerRequest))
        {
            await api.PostAsync($"sites/{site}/shipments", chunk.Select(name => new
            {
                assetId = "load-" + name, nodeId = name, priceClass = "frozen-beef", grade = "carcass", vehicle = "route-1", weighedInKilograms = 20_000,
                route = new[] { new { latitude = 40.0, longitude = 111.0 }, new { latitude = 40.1, longitude = 111.0 } }, corridorMetres = 5_000,
                departsAt = now.AddHours(-1), dueAt = now.AddDays(1), insuredUntil = now.AddDays(30),
            }));
        }

        return [.. import["devices"]!.AsArray().Select(Device)];
    }

    private static LoadDevice Device(JsonNode? answer) => new(
        answer!["deviceId"]!.GetValue<string>(), answer["kind"]!.GetValue<string>(), answer["password"]!.GetValue<string>(),
        answer["keyId"]!.GetValue<int>(), answer["frameKeyHex"]!.GetValue<string>());

    private static Task Each(int count, Func<int, Task> act) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, _) => await act(index));
}
