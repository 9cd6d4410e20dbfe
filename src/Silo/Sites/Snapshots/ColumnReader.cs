using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Earmark.Silo.Sites.Snapshots;

/// <summary>Reads what <see cref="ColumnWriter"/> wrote, by name; a column that is missing or of another type is an error, never an empty one.</summary>
internal sealed class ColumnReader
{
    private readonly Dictionary<string, (string Type, int Count, ReadOnlyMemory<byte> Bytes)> _columns = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">not a snapshot, or cut short</exception>
    public ColumnReader(ReadOnlyMemory<byte> state)
    {
        try
        {
            var rest = state;
            if ((uint)Number(ref rest) != ColumnWriter.Magic)
            {
                throw new InvalidDataException("these bytes are not a site's snapshot");
            }

            while (rest.Length > 0)
            {
                var name = Text(ref rest);
                var type = Text(ref rest);
                var count = Number(ref rest);
                var length = Number(ref rest);
                _columns.Add(name, (type, count, rest[..length]));
                rest = rest[length..];
            }
        }
        catch (Exception cut) when (cut is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("a site's snapshot is cut short", cut);
        }
    }

    /// <summary>Whether the version that wrote it had such a column.</summary>
    public bool Has(string name) => _columns.ContainsKey(name);

    public ReadOnlySpan<T> Rows<T>(string name)
        where T : unmanaged => Rows<T>(name, ColumnTypes.Of<T>());

    public ReadOnlySpan<T> Bytes<T>(string name)
        where T : unmanaged => Rows<T>(name, ColumnTypes.Opaque<T>());

    private ReadOnlySpan<T> Rows<T>(string name, string expected)
        where T : unmanaged
    {
        var (type, count, bytes) = Column(name, expected);
        var rows = MemoryMarshal.Cast<byte, T>(bytes.Span);
        return rows.Length == count ? rows : throw new InvalidDataException($"column {name} ({type}) holds {rows.Length} rows, not {count}");
    }

    public T Json<T>(string name) =>
        JsonSerializer.Deserialize<T>(Column(name, "json").Bytes.Span, SnapshotJson.Options)
        ?? throw new InvalidDataException($"column {name} is null");

    private (string Type, int Count, ReadOnlyMemory<byte> Bytes) Column(string name, string type) =>
        !_columns.TryGetValue(name, out var column) ? throw new InvalidDataException($"no column {name}")
        : column.Type != type ? throw new InvalidDataException($"column {name} is {column.Type}, not {type}")
        : column;

    private static int Number(ref ReadOnlyMemory<byte> rest)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
        rest = rest[4..];
        return number;
    }

    private static string Text(ref ReadOnlyMemory<byte> rest)
    {
        var length = rest.Span[0];
        var text = Encoding.ASCII.GetString(rest.Span.Slice(1, length));
        rest = rest[(1 + length)..];
        return text;
    }
}
