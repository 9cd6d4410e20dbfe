using System.Globalization;
using Earmark.Bench.Load;
using Earmark.Bench.Report;
using Earmark.Bench.Running;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;

namespace Earmark.Bench.Measured;

/// <summary>Live managed heap per ear tag: ranch grains on the real stores in this process, each animal declared, tagged and heard.</summary>
internal static class HeapPerTag
{
    private const double GoalBytes = 300;
    private const int AnimalsPerRanch = 1_000;
    private const int ActiveShare = 100;
    private static readonly TimeSpan PoolsForget = TimeSpan.FromSeconds(70);
    private const string Bank = "bench-bank";

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Sizes sizes)
    {
        await using var silo = await SiloHost.StartAsync(Bank);
        var ranches = sizes.HeapTags / AnimalsPerRanch;
        // One ranch beforehand: what the first costs in code and caches is no tag's.
        await SettleAsync(silo, 0);
        var empty = Live();
        for (var ranch = 1; ranch <= ranches; ranch++)
        {
            await SettleAsync(silo, ranch);
        }

        // Buffers lent for the import go back to the runtime only after a minute unused, and only what a first collection saw.
        Live();
        await Task.Delay(PoolsForget, TimeProvider.System);
        var held = Live();
        var active = sizes.HeapTags / ActiveShare;
        for (var tag = 0; tag < active; tag++)
        {
            var number = FirstTag(1 + (tag % ranches)) + (ulong)(tag / ranches);
            await silo.Grains.GetGrain<IEarTagGrain>(number.ToString(CultureInfo.InvariantCulture)).Describe();
        }

        var woken = Live();
        var told = $"{sizes.HeapTags:N0} tags in {ranches} ranches, each heard in 3 rounds, real stores, a full collection 70 s after the last";
        return
        [
            new("heap bytes per ear tag, no tag grain active", told, (held - empty) / (double)sizes.HeapTags, GoalBytes),
            new("heap bytes per ear tag, 1 % of tag grains active", $"the same and {active:N0} tag grains", (woken - empty) / (double)sizes.HeapTags, GoalBytes),
            new("· bytes of one active tag grain", Row.SameRun, (woken - held) / (double)active),
        ];
    }

    private static ulong FirstTag(int ranch) => Onboarding.FirstTag + ((ulong)ranch * 10_000);

    private static async Task SettleAsync(SiloHost silo, int ranch)
    {
        var (site, station, now) = (Onboarding.Ranch(ranch), $"bs-{ranch}", TimeProvider.System.GetUtcNow());
        var registrar = silo.Grains.GetGrain<IRegistrarGrain>(Bank);
        Require(await registrar.OpenSite(new SiteOpening($"open-{site}", "bench", site, SiteKind.Ranch, site, ["pen-1"], null, null)));
        var enrolment = await registrar.AddDevice(new DeviceOrder($"add-{station}", "bench", station, "base-station", site, "pen-1", Simulated: true));
        var animals = Enumerable.Range(1, AnimalsPerRanch).Select(animal => new AnimalDeclaration(
            Onboarding.Animal(ranch, animal), (FirstTag(ranch) + (ulong)animal - 1).ToString(CultureInfo.InvariantCulture), "beef-cattle", "simmental",
            "female", "pen-1", now.AddYears(-2), 500_000, now, "chute", now.AddYears(1)));
        Require(await registrar.Declare(site, new DeclareAnimals($"animals-{site}", "bench", [.. animals])));
        await HearAsync(silo, site, enrolment, FirstTag(ranch));
    }

    private static async Task HearAsync(SiloHost silo, string site, DeviceEnrolment station, ulong firstTag)
    {
        using var packets = new FramePackets(new LoadDevice(
            station.DeviceId, station.Kind, "", station.KeyId, station.FrameKeyHex, firstTag, AnimalsPerRanch));
        var now = TimeProvider.System.GetUtcNow();
        var frames = packets.Make(1, 3 * AnimalsPerRanch / Sizes.TagsPerFrame, now)
            .Select(packet => new Frame(station.DeviceId, now, FrameTrust.Verified, FramePackets.Payload(packet)));
        var receipts = await silo.Grains.Site(SiteKind.Ranch, site).Record(new FrameBatch([.. frames]));
        if (receipts.FirstOrDefault(receipt => receipt.Outcome != FrameOutcome.Recorded) is { Reason: { } reason })
        {
            throw new InvalidOperationException($"A frame was not recorded: {reason}");
        }
    }

    private static void Require(CommandReceipt receipt)
    {
        if (!receipt.Accepted)
        {
            throw new InvalidOperationException($"{receipt.Reason}: {receipt.Detail}");
        }
    }

    private static long Live()
    {
        for (var pass = 0; pass < 3; pass++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
