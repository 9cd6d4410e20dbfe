using Earmark.DeviceSim.Truth;

namespace Earmark.Tests.DeviceSim;

internal sealed class TruthList : ITruthLog
{
    public List<TruthFact> Facts { get; } = [];

    public void Write(TruthFact fact) => Facts.Add(fact);

    public IEnumerable<TruthFact> Of(string fact) => Facts.Where(f => f.Fact == fact);
}
