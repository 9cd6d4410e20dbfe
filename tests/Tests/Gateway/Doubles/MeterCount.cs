using System.Diagnostics.Metrics;

namespace Earmark.Tests.Gateway.Doubles;

/// <summary>Sums what one counter of the gateway counts, or what it counts under one tag's value, from now on; of all gateways in the process.</summary>
internal sealed class MeterCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _sum;

    public MeterCount(string name, string? tag = null)
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tag is null || tags.ToArray().Any(pair => tag.Equals(pair.Value)))
            {
                Interlocked.Add(ref _sum, value);
            }
        });
        _listener.Start();
    }

    public long Sum => Interlocked.Read(ref _sum);

    public void Dispose() => _listener.Dispose();
}
