namespace Earmark.DeviceSim.Scripts;

/// <summary>A script, which is the same as a scenario: what is made to happen, and when.</summary>
/// <param name="Name">For logs and pages.</param>
/// <param name="Seed">Used when the command line gives none.</param>
/// <param name="Natural">False: nothing befalls animals and goods but what the script says. Stories that count want that.</param>
public sealed record Scenario(string Name, ulong? Seed, bool Natural, IReadOnlyList<ScenarioAct> Acts)
{
    public static readonly Scenario Ordinary = new("ordinary days", null, true, []);
}
