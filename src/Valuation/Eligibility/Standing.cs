namespace Earmark.Valuation;

/// <summary>What papers and people say of an asset; the good facts have to be stated, so an empty value excludes.</summary>
[Flags]
public enum Standing : byte
{
    None = 0,
    Registered = 1,
    Insured = 2,
    Quarantined = 4,
    Sold = 8,
    TagRemoved = 16,
}

internal static class StandingRules
{
    /// <summary>Reasons in the papers, apart from Sold and TagRemoved, which come before what sensors say.</summary>
    public static ExclusionReason PapersOf(Standing standing)
    {
        if ((standing & Standing.Registered) == 0)
        {
            return ExclusionReason.Unregistered;
        }

        if ((standing & Standing.Quarantined) != 0)
        {
            return ExclusionReason.Quarantined;
        }

        return (standing & Standing.Insured) == 0 ? ExclusionReason.NotInsured : ExclusionReason.None;
    }
}
