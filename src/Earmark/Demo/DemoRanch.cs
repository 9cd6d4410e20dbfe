using Earmark.Contracts.Sites;
using Earmark.DeviceSim.Truth;
using Earmark.DeviceSim.World;
using Herd = Earmark.DeviceSim.World.Cattle.Ranch;

namespace Earmark.Host.Demo;

/// <summary>The demo ranch: as its people would have declared it on the day the simulated world begins, each animal weighed in the chute.</summary>
internal static class DemoRanch
{
    public static async Task<IReadOnlyList<DeviceFileEntry>> SettleAsync(DemoRegistrar people, int cattle, DateTimeOffset now)
    {
        var pens = Enumerable.Range(1, WorldDefaults.BaseStations).Select(DemoCast.Pen).ToArray();
        await people.OpenSiteAsync(DemoCast.Ranch, SiteKind.Ranch, "敕勒川示范牧场 · Chilechuan Demo Ranch", pens, 40.79, 111.12);
        var devices = new List<DeviceFileEntry>();
        for (var i = 1; i <= WorldDefaults.BaseStations; i++)
        {
            devices.Add(await people.EnrolAsync(DemoCast.Ranch, "base-station", $"bs-{i:00}", DemoCast.Pen(i)));
        }

        for (var i = 1; i <= WorldDefaults.Feeders; i++)
        {
            devices.Add(await people.EnrolAsync(DemoCast.Ranch, "tmr-feeder", $"tmr-{i:00}", ""));
        }

        var tags = Enumerable.Range(1, cattle).Select(DemoCast.Tag).ToArray();
        foreach (var (herd, chunk) in Declarations(tags, now).Chunk(SiteLimits.AssetsPerCommand).Select((herd, chunk) => (herd, chunk)))
        {
            await people.DeclareAsync(DemoCast.Ranch, new DeclareAnimals($"demo-animals-{chunk}", DemoCast.By, herd));
        }

        devices.AddRange(tags.Select(tag => DeviceFileEntry.Tag(tag, DemoCast.Ranch)));
        return devices;
    }

    private static IEnumerable<AnimalDeclaration> Declarations(string[] tags, DateTimeOffset now)
    {
        var herd = new Herd(DemoCast.Ranch, WorldDefaults.BaseStations, tags, now, WorldDefaults.Seed, NoTruthLog.Instance);
        return herd.Animals.Select((animal, index) => new AnimalDeclaration(
            DemoCast.Animal(index + 1),
            animal.TagId,
            DemoCast.BeefCattle,
            animal.Breed.Code,
            index % 2 == 0 ? "steer" : "heifer",
            DemoCast.Pen(animal.Pen),
            animal.BornAt,
            (int)Math.Round(animal.Kilograms(now)) * 1_000,
            now,
            "chute",
            now.AddYears(1)));
    }
}
