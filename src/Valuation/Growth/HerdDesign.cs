namespace Earmark.Valuation.Growth;

/// <summary>What of a herd's estimate does not depend on its traits: series, where each animal's gain begins, the days the herd has in common.</summary>
internal sealed class HerdDesign
{
    /// <summary>The herd's common course is followed at no more days than this; between them it is taken to be straight.</summary>
    public const int MaximumKnots = 28;

    /// <summary>Breed and sex together; more of them share the last.</summary>
    public const int MaximumGroups = 8;

    private const double ReferenceKilograms = 350;

    /// <summary>Kept cattle slow sooner than the law of their breed says: rations, seasons and fattening end. Set by herds it was not made for.</summary>
    private const double KeptSlowing = 0.001;

    private readonly int[] _groups;

    public HerdDesign(IReadOnlyList<WeighedAnimal> animals, int day)
    {
        Animals = animals;
        Series = [.. animals.Select(animal => WeightSeries.Of(animal.Weighings))];
        Day = day;
        Origins = [.. Series.Select(series => Math.Min(series.Days[0], day))];
        Curves = [.. animals.Select(animal => GrowthCurve.Of(animal.Breed, animal.Sex))];
        _groups = GroupsOf(animals);
        GroupCount = _groups.Max() + 1;
        (Knots, KnotsAreDays) = KnotsOf(Series, day);
        FirstDay = Knots[0];
        TypicalKilograms = Median([.. Series.Select(series => series.Level[^1])]);
        MiddleKilograms = Median([.. Series.Select(series => series.Level[0])]);
        Size = Math.Pow(TypicalKilograms / ReferenceKilograms, 0.75);
        Slowing = Series.Select((series, at) => Curves[at].SlowingAt(series.Level[series.Count / 2])).Average() + KeptSlowing;
    }

    public IReadOnlyList<WeighedAnimal> Animals { get; }

    public WeightSeries[] Series { get; }

    public GrowthCurve[] Curves { get; }

    /// <summary>The day each animal's own growth is counted from.</summary>
    public int[] Origins { get; }

    /// <summary>The day that is asked for.</summary>
    public int Day { get; }

    public int[] Knots { get; }

    /// <summary>Every weighing falls on a knot, so that a day's common error can be told from growth.</summary>
    public bool KnotsAreDays { get; }

    public int FirstDay { get; }

    public int GroupCount { get; }

    public double TypicalKilograms { get; }

    /// <summary>Of first weights.</summary>
    public double MiddleKilograms { get; }

    public double Size { get; }

    public double Slowing { get; }

    /// <summary>The herd's gain, its dependence on first weight, a gain for each group, then the common course at each knot.</summary>
    public int SharedCount => 2 + GroupCount + Knots.Length;

    public double BeginningGain(int animal) => Curves[animal].GainAt(Series[animal].Level[0]);

    /// <summary>What the shared unknowns add to an animal's weight on a day.</summary>
    public void Fill(Span<double> row, int animal, int day, double worth)
    {
        row.Clear();
        row[0] = worth;
        row[1] = worth * (Series[animal].Level[0] - MiddleKilograms) / 100;
        row[2 + _groups[animal]] = worth;
        var at = Array.BinarySearch(Knots, day);
        var first = 2 + GroupCount;
        if (at >= 0)
        {
            row[first + at] = 1;
            return;
        }

        var after = ~at;
        var share = (double)(day - Knots[after - 1]) / (Knots[after] - Knots[after - 1]);
        row[first + after - 1] = 1 - share;
        row[first + after] = share;
    }

    private static int[] GroupsOf(IReadOnlyList<WeighedAnimal> animals)
    {
        var names = new Dictionary<(string?, string?), int>();
        var groups = new int[animals.Count];
        for (var at = 0; at < animals.Count; at++)
        {
            var key = (animals[at].Breed?.Trim().ToUpperInvariant(), animals[at].Sex?.Trim().ToUpperInvariant());
            if (!names.TryGetValue(key, out var group))
            {
                group = Math.Min(names.Count, MaximumGroups - 1);
                names.Add(key, group);
            }

            groups[at] = group;
        }

        return groups;
    }

    private static (int[] Knots, bool AreDays) KnotsOf(WeightSeries[] series, int day)
    {
        var days = new SortedSet<int>(series.SelectMany(one => one.Days));
        var areDays = days.Count < MaximumKnots;
        if (!areDays)
        {
            var (first, last) = (days.Min, days.Max);
            var step = (double)(last - first) / (MaximumKnots - 1);
            days = new SortedSet<int>(Enumerable.Range(0, MaximumKnots).Select(at => first + (int)Math.Round(at * step)));
        }

        days.Add(day);
        return ([.. days], areDays);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
