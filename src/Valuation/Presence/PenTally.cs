namespace Earmark.Valuation;

/// <summary>How many animals of a pen have missed how many rounds. Taken anew at each judgement.</summary>
public sealed class PenTally
{
    /// <summary>More missed rounds count as so many.</summary>
    public const int MostMissed = 40;

    private readonly int[] _animals = new int[MostMissed + 1];

    public int Animals { get; private set; }

    public void Clear()
    {
        Array.Clear(_animals);
        Animals = 0;
    }

    public void Add(int missed)
    {
        _animals[Math.Min(missed, MostMissed)]++;
        Animals++;
    }

    /// <summary>Takes out an animal that was added so.</summary>
    public void Remove(int missed)
    {
        _animals[Math.Min(missed, MostMissed)]--;
        Animals--;
    }

    public int Missed(int rounds) => _animals[rounds];
}
