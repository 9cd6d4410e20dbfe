using System.Text;
using Earmark.Silo.Sites.Frames;
using Earmark.Silo.Sites.Snapshots;

namespace Earmark.Silo.Sites;

/// <summary>
/// Asset ids by slot, packed as ASCII in one array with an open-addressing index over it: about 20 bytes an id instead of the 90 of
/// a string in a dictionary. A slot keeps its id for good.
/// </summary>
internal sealed class PackedNames
{
    private const uint Free = 0;
    private const int Least = 16;

    private byte[] _text = new byte[256];
    private int[] _ends = [];
    private uint[] _index = new uint[Least];

    public int Count { get; private set; }

    public string this[int slot] => Encoding.ASCII.GetString(Bytes(slot));

    public bool TryFind(string name, out int slot)
    {
        Span<byte> wanted = stackalloc byte[Contracts.Names.MaximumLength];
        slot = -1;
        if (name.Length > wanted.Length || !Ascii.IsValid(name))
        {
            return false;
        }

        wanted = wanted[..Encoding.ASCII.GetBytes(name, wanted)];
        for (var at = Home(wanted);; at = Next(at))
        {
            var entry = _index[at];
            if (entry == Free)
            {
                return false;
            }

            if (Bytes((int)entry - 1).SequenceEqual(wanted))
            {
                slot = (int)entry - 1;
                return true;
            }
        }
    }

    /// <summary>Adds a name that is not there yet and gives its slot.</summary>
    public int Add(string name)
    {
        Reserve(1);
        var start = Start(Count);
        if (start + name.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(start + name.Length, _text.Length + (_text.Length / 8)));
        }

        Encoding.ASCII.GetBytes(name, _text.AsSpan(start));
        _ends[Count] = start + name.Length;
        Index(Count);
        return Count++;
    }

    /// <summary>Makes room for so many more names at once.</summary>
    public void Reserve(int more)
    {
        if (Count + more > _ends.Length)
        {
            Array.Resize(ref _ends, Math.Max(Count + more, Count + (Count / 8)));
        }

        if ((Count + more) * 5L > _index.Length * 4L)
        {
            Rehash((int)Math.Max(((Count + more) * 5L / 4) + 1, _index.Length * 9L / 8));
        }
    }

    public void Write(ColumnWriter columns, string name)
    {
        columns.Rows<int>(name + ".ends", _ends.AsSpan(0, Count));
        columns.Rows<byte>(name + ".text", _text.AsSpan(0, Start(Count)));
    }

    public void Read(ColumnReader columns, string name)
    {
        _ends = columns.Rows<int>(name + ".ends").ToArray();
        _text = columns.Rows<byte>(name + ".text").ToArray();
        Count = _ends.Length;
        Rehash(Math.Max(Least, (int)((Count * 5L / 4) + 1)));
    }

    private int Start(int slot) => slot == 0 ? 0 : _ends[slot - 1];

    private ReadOnlySpan<byte> Bytes(int slot) => _text.AsSpan(Start(slot).._ends[slot]);

    // The hash scaled to the size: it need not be a power of two, and little stays unused.
    private int Home(ReadOnlySpan<byte> name) => (int)Math.BigMul(FrameHash.Of(name), (ulong)_index.Length, out _);

    private int Next(int at) => at + 1 == _index.Length ? 0 : at + 1;

    private void Rehash(int size)
    {
        _index = new uint[size];
        for (var slot = 0; slot < Count; slot++)
        {
            Index(slot);
        }
    }

    private void Index(int slot)
    {
        var at = Home(Bytes(slot));
        while (_index[at] != Free)
        {
            at = Next(at);
        }

        _index[at] = (uint)slot + 1;
    }
}
