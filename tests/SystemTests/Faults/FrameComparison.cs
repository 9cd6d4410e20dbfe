using System.Security.Cryptography;
using Earmark.Contracts.Sites;
using Earmark.DeviceSim.Link;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Silo.Sites.Writing;
using Earmark.Storage.Book;
using Earmark.Storage.Journal;
using Earmark.SystemTests.Running;
using Microsoft.Extensions.DependencyInjection;
using Outbox = Earmark.DeviceSim.Link.Outbox;

namespace Earmark.SystemTests.Faults;

/// <summary>
/// What the simulator knows to be acknowledged against the journal, and what was shown against what the journal gives when computed again.
/// </summary>
internal static class FrameComparison
{
    public static readonly string[] Sites = ["demo-ranch", "demo-warehouse", "demo-fleet"];

    /// <param name="services">Holds the stores.</param>
    /// <param name="sender">The simulator's own folder.</param>
    /// <param name="shown">What the API said of each site after the last frame.</param>
    public static async Task JudgeAsync(
        IServiceProvider services, string sender, Dictionary<string, (long Position, string StateHash)> shown, string fault, TimeSpan recovery)
    {
        var journal = services.GetRequiredService<IJournal>();
        var acknowledged = SyncedLog.ReadLines(Path.Combine(sender, Outbox.AcknowledgedLog)).ToList();
        var (journaled, applied) = (new List<string>(), 0);
        foreach (var site in await services.GetRequiredService<IRegister>().SitesAsync(null, default))
        {
            var (position, hash) = shown[site.SiteId];
            var frames = (await FramesAsync(journal, site.SiteId)).Where(frame => !IsOpeningCount(frame.Line)).ToList();
            journaled.AddRange(frames.Select(frame => frame.Line));
            applied += frames.Count(frame => frame.Position <= position);
            var again = await SiteRebuild.FromNothingAsync(journal, (SiteKind)site.Kind, site.SiteId, position, default);
            Assert.Equal(hash, again!.StateHash);
            Assert.Equal(0, again.Quarantined);
        }

        Assert.True(acknowledged.Count > 100, $"only {acknowledged.Count} frames were sent");
        var sent = acknowledged.Count + new[] { Outbox.RefusedLog, Outbox.DroppedLog }
            .Select(log => Path.Combine(sender, log)).Where(File.Exists).Sum(log => SyncedLog.ReadLines(log).Count());
        var lost = acknowledged.Except(journaled).Count();
        var doubled = journaled.Count - journaled.Select(Identity).Distinct().Count();
        new FaultLine(fault, sent, acknowledged.Count, journaled.Count, applied, lost, doubled, recovery).KeepAndJudge();
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), journaled.Order(StringComparer.Ordinal));
    }

    private static async Task<List<(long Position, string Line)>> FramesAsync(IJournal journal, string siteId)
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
