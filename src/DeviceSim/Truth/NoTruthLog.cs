namespace Earmark.DeviceSim.Truth;

/// <summary>For a world nobody is going to score.</summary>
public sealed class NoTruthLog : ITruthLog
{
    public static readonly NoTruthLog Instance = new();

    public void Write(TruthFact fact)
    {
    }
}
