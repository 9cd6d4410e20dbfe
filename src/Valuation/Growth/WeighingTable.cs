using System.Globalization;

namespace Earmark.Valuation.Growth;

/// <summary>
/// Weighings of many animals and the day that is asked for, read line by line: a bad line is told with its reason and passed over, the others
/// count. Animals come in the order of their first good line.
/// </summary>
public sealed class WeighingTable
{
    private readonly Dictionary<string, Collected> _byName = new(StringComparer.Ordinal);
    private readonly List<Collected> _animals = [];
    private readonly List<LineComplaint> _complaints = [];
    private readonly bool _isDate;
    private int _lines;

    private WeighingTable(int day, bool isDate)
    {
        Day = day;
        _isDate = isDate;
    }

    public int Day { get; }

    public IReadOnlyList<LineComplaint> Complaints => _complaints;

    public int AnimalCount => _animals.Count;

    /// <summary>Null when <paramref name="day"/> is neither a whole number nor a date.</summary>
    public static WeighingTable? For(string? day) => DayText.TryRead(day, out var number, out var isDate) ? new WeighingTable(number, isDate) : null;

    public IReadOnlyList<WeighedAnimal> Animals() =>
        [.. _animals.Select(animal => new WeighedAnimal(animal.Name, animal.Weighings, animal.Breed, animal.Sex))];

    public void Add(in WeighingRow row)
    {
        if (Refuse(row, out var weighing) is { } because)
        {
            _complaints.Add(new LineComplaint(row.Line, because));
            return;
        }

        var name = row.Animal!.Trim();
        if (!_byName.TryGetValue(name, out var animal))
        {
            animal = new Collected(name);
            _byName.Add(name, animal);
            _animals.Add(animal);
        }

        _lines++;
        animal.Weighings.Add(weighing);
        animal.Breed ??= Given(row.Breed);
        animal.Sex ??= Given(row.Sex);
    }

    private string? Refuse(in WeighingRow row, out Weighing weighing)
    {
        weighing = default;
        var name = row.Animal?.Trim();
        if (row.Broken is not null)
        {
            return row.Broken;
        }

        if (string.IsNullOrEmpty(name) || name.Length > ForecastLimits.NameCharacters || name.Any(char.IsControl))
        {
            return $"the animal's name has 1 to {ForecastLimits.NameCharacters} characters";
        }

        if (!DayText.TryRead(row.Day, out var day, out var isDate))
        {
            return $"day '{Shown(row.Day)}' is neither a whole number nor yyyy-MM-dd";
        }

        if (isDate != _isDate)
        {
            return _isDate ? $"day '{Shown(row.Day)}' is a number, but the day asked for is a date" : $"day '{Shown(row.Day)}' is a date, but the day asked for is a number";
        }

        if (Math.Abs((long)day - Day) > ForecastLimits.Days)
        {
            return $"day '{Shown(row.Day)}' is more than {ForecastLimits.Days} days from the day asked for";
        }

        const NumberStyles number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(row.Kilograms?.Trim(), number, CultureInfo.InvariantCulture, out var kilograms)
            || !(kilograms is > 0 and <= ForecastLimits.Kilograms))
        {
            return $"kg '{Shown(row.Kilograms)}' is not a weight above 0 and up to {ForecastLimits.Kilograms} kg";
        }

        weighing = new Weighing(day, kilograms);
        return _lines >= ForecastLimits.Lines ? $"there are more than {ForecastLimits.Lines} weighings"
            : !_byName.ContainsKey(name) && _animals.Count >= ForecastLimits.Animals ? $"there are more than {ForecastLimits.Animals} animals"
            : null;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Shown(string? text) => text is null ? "" : text.Length <= 20 ? text : text[..20] + "…";

    private sealed class Collected(string name)
    {
        public string Name { get; } = name;

        public List<Weighing> Weighings { get; } = [];

        public string? Breed { get; set; }

        public string? Sex { get; set; }
    }
}
