using System.Text.Json.Serialization;

namespace Earmark.DeviceSim.Truth;

/// <summary>
/// One thing that truly happened, a line of the ground-truth log. Only tests and scoring read it; no frame carries any of it.
/// </summary>
/// <param name="At">World time, UTC.</param>
/// <param name="Site">Site id of the devices file.</param>
/// <param name="Fact">One of <see cref="TruthFacts"/>.</param>
/// <param name="Subject">The animal, lot, vehicle or device it happened to.</param>
public sealed record TruthFact(
    DateTimeOffset At,
    string Site,
    string Fact,
    string Subject)
{
    /// <summary>Device id of the ear tag, where the subject is an animal with one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tag { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Pen { get; init; }

    /// <summary>Heads, where the fact counts some.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Count { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Grams { get; init; }

    /// <summary>What a person would add: the cause of a death, the reference of a truck, the length of an outage.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }
}
