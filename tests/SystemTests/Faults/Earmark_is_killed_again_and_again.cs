using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Earmark.Contracts.Sites;
using Earmark.DeviceSim.Link;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Silo.Sites.Writing;
using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.Storage.Journal;
using Earmark.SystemTests.Running;
using Outbox = Earmark.DeviceSim.Link.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace Earmark.SystemTests.Faults;

/// <summary>
/// kill −9 of <c>earmark run</c> at random moments while a simulator of its own process sends. What the simulator knows to be
/// acknowledged is in the journal, once; the value is what the journal gives when computed again.
/// </summary>
public sealed class Earmark_is_killed_again_and_again
{
    private static readonly string[] Sites = ["demo-ranch", "demo-warehouse", "demo-fleet"];

    [Fact]
    public Task Nothing_is_lost_and_nothing_counted_twice_in_four_kills() => Survive(kills: 4, simulated: "PT3H", seed: 7);

    [Fact]
    [Trait("Length", "Long")]
    public Task Nothing_is_lost_and_nothing_counted_twice_in_twenty_kills() => Survive(kills: 20, simulated: "PT12H", seed: 20);

    private static async Task Survive(int kills, string simulated, int seed)
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", "400");
        var state = Path.Combine(earmark.DataFolder, "beside");
        await using var simulator = Child.Earmark(
            "sim", "--mqtt", $"127.0.0.1:{earmark.MqttPort}", "--devices", earmark.DevicesFile, "--clock", earmark.Address.ToString(),
            "--key", earmark.Key("admin"), "--state", state, "--drive", "--for", simulated, "--seed", $"{seed}");

        var (moments, recovery) = (new Random(seed), TimeSpan.Zero);
        for (var kill = 1; kill <= kills; kill++)
        {
            await Task.Delay(moments.Next(300, 2_500));
            Assert.False(simulator.HasExited, $"The simulator ended before kill {kill}: {simulator.Output}");
            await earmark.KillAsync();
            var killed = TimeProvider.System.GetTimestamp();
            await earmark.StartAgainAsync();
            var ready = TimeProvider.System.GetElapsedTime(killed);
            recovery = ready > recovery ? ready : recovery;
        }

        Assert.Equal(0, await simulator.WaitAsync(TimeSpan.FromMinutes(10)));
        var shown = await Shown(earmark);
        await earmark.KillAsync();
        await Compare(earmark.DataFolder, state, shown, $"kill −9 of the whole process × {kills}", recovery);
    }

    private static async Task<Dictionary<string, (long Position, string StateHash)>> Shown(EarmarkServer earmark)
    {
        var shown = new Dictionary<string, (long, string)>();
        foreach (var site in Sites)
        {
            JsonNode summary = await earmark.GetAsync($"api/v1/sites/{site}");
            shown[site] = (summary["position"]!.GetValue<long>(), summary["stateHash"]!.GetValue<string>());
        }

        return shown;
    }

    private static async Task Compare(
        string folder, string sender, Dictionary<string, (long Position, string StateHash)> shown, string fault, TimeSpan recovery)
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddEarmarkStorage(new StorageOptions { DataFolder = folder }).BuildServiceProvider();
        var journal = services.GetRequiredService<IJournal>();
        var acknowledged = SyncedLog.ReadLines(Path.Combine(sender, Outbox.AcknowledgedLog)).ToList();
        var (journaled, applied) = (new List<string>(), 0);
        foreach (var site in await services.GetRequiredService<IRegister>().SitesAsync(null, default))
        {
            var (position, hash) = shown[site.SiteId];
            var frames = (await Frames(journal, site.SiteId)).Where(frame => !IsOpeningCount(frame.Line)).ToList();
            journaled.AddRange(frames.Select(frame => frame.Line));
            applied += frames.Count(frame => frame.Position <= position);
            var again = await SiteRebuild.FromNothingAsync(journal, (SiteKind)site.Kind, site.SiteId, position, default);
            Assert.Equal(hash, again!.StateHash);
            Assert.Equal(0, again.Quarantined);
        }

        var lost = acknowledged.Except(journaled).Count();
        var doubled = journaled.Count - journaled.Select(Identity).Distinct().Count();
        var sent = acknowledged.Count + new[] { Outbox.RefusedLog, Outbox.DroppedLog }
            .Select(log => Path.Combine(sender, log)).Where(File.Exists).Sum(log => SyncedLog.ReadLines(log).Count());
        Assert.True(acknowledged.Count > 100, $"only {acknowledged.Count} frames were sent");
        new FaultLine(fault, sent, acknowledged.Count, journaled.Count, applied, lost, doubled, recovery).KeepAndJudge();
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), journaled.Order(StringComparer.Ordinal));
    }

    private static async Task<List<(long Position, string Line)>> Frames(IJournal journal, string siteId)
    {
        var frames = new List<(long, string)>();
        for (long position = 0; ;)
        {
            var entries = await journal.ReadAsync(siteId, position, JournalLimits.EntriesPerRead, default);
            if (entries.Count == 0)
            {
                return frames;
            }

            frames.AddRange(entries.Where(entry => entry.Kind == EntryKind.Frame).Select(entry => (entry.Position, Line(entry))));
            position = entries[^1].Position;
        }
    }

    private static string Line(JournalEntry entry)
    {
        Assert.True(EnvelopeCodec.TryRead(entry.Body, out var header, out _));
        return $"{header.Device} {header.Boot} {header.Sequence} {Convert.ToHexStringLower(SHA256.HashData(entry.Body))}";
    }

    /// <summary>The demo's own frames from before the simulator was started: they carry the installation's boot.</summary>
    private static bool IsOpeningCount(string line) => line.Split(' ')[1] == "1";

    private static string Identity(string line) => line[..line.LastIndexOf(' ')];
}
