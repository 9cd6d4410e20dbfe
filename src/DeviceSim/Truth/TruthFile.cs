using System.Text.Encodings.Web;
using System.Text.Json;

namespace Earmark.DeviceSim.Truth;

/// <summary>
/// The truth as JSON lines in a file. It is written anew at each start: the world replays to where it was, so the file is always
/// the whole story of the state folder and never says anything twice.
/// </summary>
public sealed class TruthFile : ITruthLog, IDisposable
{
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly StreamWriter _lines;

    public TruthFile(string path)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        _lines = new StreamWriter(new FileStream(full, FileMode.Create, FileAccess.Write, FileShare.ReadWrite)) { NewLine = "\n" };
    }

    public static string Line(TruthFact fact) => JsonSerializer.Serialize(fact, Shape);

    public static bool TryRead(string line, out TruthFact? fact)
    {
        try
        {
            fact = JsonSerializer.Deserialize<TruthFact>(line, Shape);
            return fact is not null;
        }
        catch (JsonException)
        {
            fact = null;
            return false;
        }
    }

    public void Write(TruthFact fact) => _lines.WriteLine(Line(fact));

    /// <summary>To the file, so that a reader beside the running simulator sees it.</summary>
    public void Flush() => _lines.Flush();

    public void Dispose() => _lines.Dispose();
}
