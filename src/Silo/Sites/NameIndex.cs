namespace Earmark.Silo.Sites;

/// <summary>A short list of names (zones, facilities, classes, breeds) numbered in order of appearance, so that rows hold two bytes of each. 0 is the empty name.</summary>
internal sealed class NameIndex
{
    public const int Maximum = 60_000;

    private readonly List<string> _names = [""];
    private readonly Dictionary<string, ushort> _numbers = new(StringComparer.Ordinal) { [""] = 0 };

    public int Count => _names.Count;

    public IReadOnlyList<string> Names => _names;

    public string this[int number] => _names[number];

    public bool TryFind(string name, out ushort number) => _numbers.TryGetValue(name, out number);

    /// <exception cref="InvalidOperationException">the list is full; the command's check refuses before</exception>
    public ushort Of(string name)
    {
        if (_numbers.TryGetValue(name, out var known))
        {
            return known;
        }

        if (_names.Count >= Maximum)
        {
            throw new InvalidOperationException("too many names");
        }

        var number = (ushort)_names.Count;
        _names.Add(name);
        _numbers.Add(name, number);
        return number;
    }

    public static NameIndex From(IEnumerable<string> names)
    {
        var index = new NameIndex();
        foreach (var name in names)
        {
            index.Of(name);
        }

        return index;
    }
}
