namespace Earmark.DeviceSim.Scripts;

/// <summary>One thing a script makes happen. Which fields an act needs and takes is in <see cref="ActShapes"/>; the rest stay at their defaults.</summary>
/// <param name="Do">Name of the act, as in <see cref="ActShapes"/>.</param>
public sealed record ScenarioAct(string Do)
{
    /// <summary>Time since the script began; exactly one of this and <see cref="At"/> is set.</summary>
    public TimeSpan? After { get; init; }

    public DateTimeOffset? At { get; init; }

    public string? Site { get; init; }

    public string? Device { get; init; }

    /// <summary>From 1.</summary>
    public int? Pen { get; init; }

    public int Count { get; init; } = 1;

    /// <summary>Ear tags that are meant, instead of a count.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A tag for the calf that is born.</summary>
    public string? Tag { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>0 to 1.</summary>
    public double Severity { get; init; } = 0.8;

    public double Percent { get; init; }

    public double Kilometres { get; init; } = 15;

    public double Kilograms { get; init; }

    public string? Lot { get; init; }

    public string? Reference { get; init; }

    public bool CutTags { get; init; }

    public bool Weighed { get; init; } = true;

    /// <summary>Whether the time is shifted into the past.</summary>
    public bool Backwards { get; init; }

    /// <summary>Where it stands in the file, from 1; 0 when it came from elsewhere.</summary>
    public int Line { get; init; }

    /// <summary>The moment it means for a script begun at <paramref name="begun"/>.</summary>
    public DateTimeOffset When(DateTimeOffset begun) => At ?? begun + (After ?? TimeSpan.Zero);
}
