namespace Earmark.FirmwareProtocols.IcarAde;

/// <summary>What two farm systems tell each other: one resource of ICAR's Animal Data Exchange.</summary>
/// <param name="Id">In the system it comes from; null when it gave none.</param>
public abstract record IcarResource(string? Id);

/// <summary>An identifier with the scheme that makes it unique.</summary>
public sealed record IcarIdentifier(string Id, string Scheme);

/// <summary>An amount with its UN/CEFACT unit: KGM, GRM, LBR, TNE, MGM, ONZ for mass, SEC, MIN for time.</summary>
public sealed record IcarQuantity(decimal Value, string UnitCode);

/// <summary>A live animal was weighed.</summary>
/// <param name="Weight">Not negative.</param>
/// <param name="Method">LoadCell unless told otherwise.</param>
/// <param name="Resolution">The smallest step of the scale, in the unit of the weight.</param>
public sealed record IcarWeightEvent(
    string? Id, IcarIdentifier Animal, DateTimeOffset At, IcarQuantity Weight, string Method, decimal? Resolution, string? DeviceId) : IcarResource(Id);

/// <summary>An animal visited a feeder.</summary>
public sealed record IcarFeedIntakeEvent(
    string? Id, IcarIdentifier Animal, DateTimeOffset StartedAt, IcarQuantity Duration, IReadOnlyList<IcarConsumedFeed> Feeds, string? DeviceId) : IcarResource(Id);

/// <summary>One feed of a visit.</summary>
/// <param name="Consumed">Null when it was not measured.</param>
public sealed record IcarConsumedFeed(IcarIdentifier Feed, IcarQuantity? Consumed);

/// <summary>What goes into a mix.</summary>
public sealed record IcarRation(string Id, string? Name, IReadOnlyList<IcarRationFeed> Feeds) : IcarResource(Id);

/// <summary>One feed of a mix.</summary>
/// <param name="Percentage">Of the ration, 0–100.</param>
public sealed record IcarRationFeed(IcarIdentifier Feed, decimal Percentage);

/// <summary>Reasons a resource is refused for, beside those of <see cref="Wire.WireReasons"/>; each names the field.</summary>
public static class IcarReasons
{
    public const string NotJson = "not-json";
    public const string UnknownResource = "unknown-resource";
    public const string BadId = "bad-id";
    public const string BadAnimal = "bad-animal";
    public const string BadWeight = "bad-weight";
    public const string BadDuration = "bad-duration";
    public const string BadFeed = "bad-feed";
    public const string BadDevice = "bad-device";
}
