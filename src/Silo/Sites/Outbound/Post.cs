using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Sites.Outbound;

/// <summary>One message upward of which only the newest matters: at most one in flight, what changes meanwhile goes with the next.</summary>
internal sealed class Post(Func<Task> send, ILogger log)
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private long _owed = -1;
    private long _sent = -1;

    /// <summary>Newest change that has been delivered.</summary>
    public long Delivered { get; private set; } = -1;

    public bool Failed { get; private set; }

    public bool InFlight { get; private set; }

    public bool IsDue => !InFlight && _sent < _owed;

    /// <summary>Everything up to a change has to be told.</summary>
    public void Owe(long change) => _owed = Math.Max(_owed, change);

    /// <summary>Tells it again although nothing changed.</summary>
    public void Repeat() => _sent = -1;

    /// <summary>Builds and sends what stands at a change; false when it did not arrive and is owed still.</summary>
    public async Task<bool> SendAsync(long change)
    {
        InFlight = true;
        _sent = change;
        try
        {
            await send();
            Delivered = Math.Max(Delivered, change);
            Failed = false;
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "A message upward did not arrive; it is sent again");
            _sent = Delivered;
            Failed = true;
        }
        finally
        {
            InFlight = false;
        }

        return !Failed;
    }
}
