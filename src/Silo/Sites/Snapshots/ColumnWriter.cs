using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Earmark.Silo.Sites.Snapshots;

/// <summary>
/// Writes state as named columns in a fixed order: magic u32 · then per column name, type, count i32, bytes i32, the bytes themselves
/// (names and types as length u8 + ASCII, numbers little-endian). The same state always gives the same bytes, so their hash is the state's.
/// </summary>
internal sealed class ColumnWriter
{
    public const uint Magic = 0x31534D45;

    private readonly ArrayBufferWriter<byte> _bytes;

    /// <param name="expectedBytes">Room made at once, so that a large state is not copied while it grows.</param>
    public ColumnWriter(int expectedBytes = 4096)
    {
        _bytes = new ArrayBufferWriter<byte>(expectedBytes);
        Number((int)Magic);
    }

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Rows of a struct without references, as they lie in memory; the layout must have no padding.</summary>
    public void Rows<T>(string name, ReadOnlySpan<T> rows)
        where T : unmanaged =>
        Column(name, ColumnTypes.Of<T>(), rows.Length, MemoryMarshal.AsBytes(rows));

    /// <summary>Rows of a struct that another part keeps private; only their size is checked.</summary>
    public void Bytes<T>(string name, ReadOnlySpan<T> rows)
        where T : unmanaged =>
        Column(name, ColumnTypes.Opaque<T>(), rows.Length, MemoryMarshal.AsBytes(rows));

    /// <summary>A small cold part of the state as JSON; its lists must be in a fixed order.</summary>
    public void Json<T>(string name, T value, int count) =>
        Column(name, "json", count, JsonSerializer.SerializeToUtf8Bytes(value, SnapshotJson.Options));

    private void Column(string name, string type, int count, ReadOnlySpan<byte> bytes)
    {
        Text(name);
        Text(type);
        Number(count);
        Number(bytes.Length);
        _bytes.Write(bytes);
    }

    private void Text(string text)
    {
        var room = _bytes.GetSpan(1 + text.Length);
        room[0] = checked((byte)text.Length);
        Encoding.ASCII.GetBytes(text, room[1..]);
        _bytes.Advance(1 + text.Length);
    }

    private void Number(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(4), number);
        _bytes.Advance(4);
    }
}
