namespace Earmark.DeviceSim.Truth;

/// <summary>Takes what happens in the world, in order of time.</summary>
public interface ITruthLog
{
    void Write(TruthFact fact);
}
