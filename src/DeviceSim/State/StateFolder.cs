using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Earmark.DeviceSim.Link;
using Earmark.DeviceSim.Scripts;
using Earmark.DeviceSim.World;

namespace Earmark.DeviceSim.State;

/// <summary>
/// The simulator's own folder, locked while it runs. Beside the outbox and the boots it holds <c>world.json</c>, the scripts played
/// (<c>script-*.json</c>, each a scenario with instants), the pauses (<c>pauses.txt</c>) and how far time has come (<c>now.bin</c>).
/// </summary>
public sealed class StateFolder : IDisposable
{
    private const string ScriptPattern = "script-*.json";
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly FileStream _lock;
    private readonly FileStream _now;

    /// <exception cref="IOException">Another simulator uses the folder, or it cannot be written.</exception>
    public StateFolder(string path)
    {
        FolderPath = Path.GetFullPath(path);
        Directory.CreateDirectory(FolderPath);
        _lock = new FileStream(At("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        _now = new FileStream(At("now.bin"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
    }

    public string FolderPath { get; }

    public string At(string file) => Path.Combine(FolderPath, file);

    /// <summary>Null in a fresh folder.</summary>
    public WorldRecord? ReadWorld() => File.Exists(At("world.json"))
        ? JsonSerializer.Deserialize<WorldRecord>(File.ReadAllBytes(At("world.json")), Shape)
        : null;

    public void WriteWorld(WorldRecord world) =>
        DurableFile.Replace(At("world.json"), JsonSerializer.SerializeToUtf8Bytes(world, Shape));

    /// <summary>Where time stood when the folder was last used; null in a fresh one.</summary>
    public DateTimeOffset? ReadNow()
    {
        Span<byte> ticks = stackalloc byte[8];
        _now.Position = 0;
        return _now.ReadAtLeast(ticks, ticks.Length, throwOnEndOfStream: false) == ticks.Length
            ? new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(ticks), TimeSpan.Zero)
            : null;
    }

    /// <summary>Not synced: a power cut costs a longer pause, nothing else.</summary>
    public void WriteNow(DateTimeOffset now)
    {
        Span<byte> ticks = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(ticks, now.UtcTicks);
        _now.Position = 0;
        _now.Write(ticks);
    }

    /// <summary>The scripts played so far, oldest first.</summary>
    /// <exception cref="InvalidDataException">One of them was changed by hand and no longer reads.</exception>
    public IReadOnlyList<Scenario> ReadScripts() =>
        [.. Directory.GetFiles(FolderPath, ScriptPattern).Order(StringComparer.Ordinal).Select(path =>
            ScenarioReader.TryReadFile(path, out Scenario? script, out string error) ? script : throw new InvalidDataException(error))];

    /// <summary>Whether this very script was begun in this folder before; starting again with it then plays it on, not again.</summary>
    public bool HasPlayed(Scenario script) => Directory.GetFiles(FolderPath, $"script-*-{Fingerprint(script)}.json").Length > 0;

    public void KeepScript(Scenario script, DateTimeOffset begun)
    {
        var text = new StringBuilder("{ \"name\": ").Append(JsonSerializer.Serialize(script.Name)).Append(", \"natural\": ")
            .Append(script.Natural ? "true" : "false").Append(", \"events\": [\n")
            .AppendJoin(",\n", script.Acts.Select(act => ActWriter.Line(act, begun))).Append("\n] }\n");
        // Numbered, so that scripts begun at the same instant are played again in the same order.
        int number = Directory.GetFiles(FolderPath, ScriptPattern).Length + 1;
        string name = string.Create(CultureInfo.InvariantCulture, $"script-{number:00000}-{Fingerprint(script)}.json");
        DurableFile.Replace(At(name), Encoding.UTF8.GetBytes(text.ToString()));
    }

    public Pauses ReadPauses()
    {
        var pauses = new Pauses();
        if (File.Exists(At("pauses.txt")))
        {
            foreach (string line in File.ReadLines(At("pauses.txt")))
            {
                string[] ends = line.Split(' ');
                if (ends.Length == 2 && Instant(ends[0]) is { } from && Instant(ends[1]) is { } to)
                {
                    pauses.Add(from, to);
                }
            }
        }

        return pauses;
    }

    public void KeepPause(DateTimeOffset from, DateTimeOffset to) =>
        File.AppendAllText(At("pauses.txt"), $"{from.UtcDateTime:O} {to.UtcDateTime:O}\n");

    public void Dispose()
    {
        _now.Dispose();
        _lock.Dispose();
    }

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset at) ? at : null;

    private static string Fingerprint(Scenario script)
    {
        string text = script.Name + '\n' + string.Join('\n', script.Acts.Select(act => ActWriter.Line(act, DateTimeOffset.UnixEpoch)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
