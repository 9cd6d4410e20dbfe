using Earmark.Contracts.Devices;

namespace Earmark.Silo.Devices;

/// <summary>
/// What a device's twin keeps for itself, in grain storage. Identity, binding and service state are not here: they are the
/// register's, read on activation.
/// </summary>
[GenerateSerializer, Alias("earmark.device-memory")]
public sealed class DeviceMemory
{
    public const int MaximumEvents = 50;

    /// <summary>A site repeats a transition until it is answered; it has few open at a time for one device.</summary>
    public const int MaximumAnswers = 32;
    public const int MaximumActs = 32;

    [Id(0)]
    public long Version { get; set; }

    [Id(1)]
    public ConnectionState Connection { get; set; }

    [Id(2)]
    public DateTimeOffset? ConnectionSince { get; set; }

    [Id(3)]
    public bool Tampered { get; set; }

    /// <summary>Scales: readings after it do not raise value. Null where no calibration was recorded.</summary>
    [Id(4)]
    public DateTimeOffset? CalibratedUntil { get; set; }

    [Id(5)]
    public List<DeviceEvent> Events { get; set; } = [];

    [Id(6)]
    public List<AnsweredTransition> Answered { get; set; } = [];

    [Id(7)]
    public List<string> Acts { get; set; } = [];

    public void Note(DateTimeOffset at, string what, string detail, string by) =>
        AddBounded(Events, new DeviceEvent(at, what, detail, by), MaximumEvents);

    public void Remember(string transitionId, TransitionAnswer answer) =>
        AddBounded(Answered, new AnsweredTransition(transitionId, answer), MaximumAnswers);

    public void Remember(string actId) => AddBounded(Acts, actId, MaximumActs);

    private static void AddBounded<T>(List<T> list, T item, int maximum)
    {
        if (list.Count >= maximum)
        {
            list.RemoveRange(0, list.Count - maximum + 1);
        }

        list.Add(item);
    }
}

[GenerateSerializer, Immutable, Alias("earmark.answered-transition")]
public sealed record AnsweredTransition([property: Id(0)] string TransitionId, [property: Id(1)] TransitionAnswer Answer);
