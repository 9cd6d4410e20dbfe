using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Earmark.Silo.Sites.Snapshots;

namespace Earmark.Silo.Sites.Commands;

/// <summary>
/// The last commands by id with their first result, part of the state: a repetition is answered from here and not journaled again.
/// Past <see cref="Maximum"/> the oldest is forgotten.
/// </summary>
internal sealed class CommandWindow
{
    public const int Maximum = 10_000;
    public const int MaximumIdLength = 200;

    private readonly Dictionary<UInt128, Row> _rows = [];
    private readonly Queue<UInt128> _order = new();

    public bool TryFind(string commandId, out long position, out ulong bodyHash)
    {
        var found = _rows.TryGetValue(Key(commandId), out var row);
        position = row.Position;
        bodyHash = row.BodyHash;
        return found;
    }

    public void Remember(string commandId, ulong bodyHash, long position)
    {
        var key = Key(commandId);
        Add(new Row((ulong)(key >> 64), (ulong)key, bodyHash, position));
    }

    public void Write(ColumnWriter columns) =>
        columns.Rows<Row>("commands", _order.Select(key => _rows[key]).ToArray());

    public void Read(ColumnReader columns)
    {
        foreach (var row in columns.Rows<Row>("commands"))
        {
            Add(row);
        }
    }

    private void Add(in Row row)
    {
        ref var kept = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, new UInt128(row.High, row.Low), out var known);
        if (known)
        {
            return;
        }

        kept = row;
        _order.Enqueue(new UInt128(row.High, row.Low));
        if (_order.Count > Maximum)
        {
            _rows.Remove(_order.Dequeue());
        }
    }

    // Ids have any length a caller likes; half a SHA-256 of one is as good and has a size.
    private static UInt128 Key(string commandId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(commandId), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private readonly record struct Row(ulong High, ulong Low, ulong BodyHash, long Position);
}
