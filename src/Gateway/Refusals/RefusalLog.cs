using Earmark.Contracts.Devices;
using Earmark.Contracts.Time;

namespace Earmark.Gateway.Refusals;

/// <summary>
/// What was refused since the last flush. Alike refusals (same device, same reason) are one row with a count and the newest bytes;
/// rows beyond the limit are only counted. Safe for threads; never waits.
/// </summary>
public sealed class RefusalLog(DomainClock clock, GatewayOptions options, GatewayMeters meters)
{
    private readonly Lock _turn = new();
    private Dictionary<(string? Device, string Reason), Refusal> _rows = [];
    private long _overflowed;

    /// <param name="deviceId">The authenticated device; null where nobody was.</param>
    /// <param name="offset">Where in <paramref name="bytes"/> the trouble starts.</param>
    public void Add(string? deviceId, string reason, int offset, ReadOnlySpan<byte> bytes)
    {
        meters.Refused(reason);
        lock (_turn)
        {
            var known = _rows.TryGetValue((deviceId, reason), out var row);
            if (!known && _rows.Count >= options.Limits.RefusalsKept)
            {
                _overflowed++;
                return;
            }
            var first = bytes[..Math.Min(bytes.Length, Refusal.MaximumFirstBytes)].ToArray();
            _rows[(deviceId, reason)] = new Refusal(clock.GetUtcNow(), deviceId, reason, offset, first, (row?.Count ?? 0) + 1);
        }
    }

    /// <summary>Takes what is kept; null when there is nothing.</summary>
    public RefusalBatch? Take()
    {
        lock (_turn)
        {
            if (_rows.Count == 0 && _overflowed == 0)
            {
                return null;
            }
            RefusalBatch batch = new([.. _rows.Values], _overflowed);
            _rows = [];
            _overflowed = 0;
            return batch;
        }
    }

    /// <summary>Puts back what could not be told, under the same limit.</summary>
    public void PutBack(RefusalBatch batch)
    {
        lock (_turn)
        {
            _overflowed += batch.Overflowed;
            foreach (var old in batch.Refusals)
            {
                var key = (old.DeviceId, old.Reason);
                if (_rows.TryGetValue(key, out var newer))
                {
                    _rows[key] = newer with { Count = newer.Count + old.Count };
                }
                else if (_rows.Count < options.Limits.RefusalsKept)
                {
                    _rows[key] = old;
                }
                else
                {
                    _overflowed += old.Count;
                }
            }
        }
    }
}
