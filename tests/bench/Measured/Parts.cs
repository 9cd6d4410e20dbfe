using System.Diagnostics;
using System.Globalization;
using Earmark.Bench.Load;
using Earmark.Bench.Report;
using Earmark.Bench.Running;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Writing;

namespace Earmark.Bench.Measured;

/// <summary>Parts of the way of a frame, each alone in this process: CPU µs per observation.</summary>
internal static class Parts
{
    private const int Frames = 20_000;
    private const int Animals = Sizes.TagsPerFrame;
    private const string Station = "bs-1";
    private static readonly string Key = new('a', 2 * FrameKey.Length);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(int sites)
    {
        var frames = Make();
        return
        [
            new("· MAC and decode alone", "one thread, frames of 100", Check(frames)),
            .. await JournalAlone.MeasureAsync(sites, frames),
            new("· fold alone (decode, admit, apply to the columns)", "one thread, one site of 100 animals", Fold(frames)),
        ];
    }

    private static byte[][] Make()
    {
        using var packets = new FramePackets(new LoadDevice(Station, "base-station", "", 1, Key, Onboarding.FirstTag, Animals));
        var now = TimeProvider.System.GetUtcNow();
        return [.. packets.Make(1, Frames, now).Select(FramePackets.Payload)];
    }

    private static double Check(byte[][] frames)
    {
        using var key = new FrameKey(Convert.FromHexString(Key));
        return PerObservation(() =>
        {
            foreach (var frame in frames)
            {
                if (!NativeFrame.TryRead(frame, key, out _, out var refusal))
                {
                    throw new InvalidOperationException(refusal.Reason);
                }
            }
        });
    }

    private static double Fold(byte[][] frames)
    {
        var now = TimeProvider.System.GetUtcNow();
        var fold = SiteReplay.NewFold(SiteKind.Ranch, "ranch");
        var position = 0L;
        SiteCommand[] opening =
        [
            new DefineSite("define", "bench", "bank", SiteKind.Ranch, ["pen-1"]),
            new BindStations("bind", "bench", [new StationBinding(Station, "base-station", "pen-1")]),
            new DeclareAnimals("animals", "bench", [.. Enumerable.Range(0, Animals).Select(animal => new AnimalDeclaration(
                $"cow-{animal}", (Onboarding.FirstTag + (ulong)animal).ToString(CultureInfo.InvariantCulture), "beef-cattle", "simmental", "female", "pen-1",
                now.AddYears(-2), 500_000, now, "chute", now.AddYears(1)))]),
        ];
        Array.ForEach(opening, command => fold.Apply(Draft.Command(CommandJson.Write(command), now).As(++position)));
        return PerObservation(() =>
        {
            foreach (var chunk in frames.Chunk(1))
            {
                var admission = new BatchAdmission(fold, position, now);
                admission.Admit([.. chunk.Select(bytes => new Frame(Station, now, FrameTrust.Verified, bytes))]);
                foreach (var draft in admission.Drafts)
                {
                    fold.Apply(draft.As(++position));
                }
            }
        });
    }

    private static double PerObservation(Action pass)
    {
        var cpu = Own();
        pass();
        return (Own() - cpu).TotalMicroseconds / Frames / Animals;
    }

    private static TimeSpan Own() => ProcessCpu.Of(Environment.ProcessId);
}
