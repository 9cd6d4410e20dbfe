namespace Earmark.DeviceSim.World.Cattle;

/// <summary>
/// A breed as the world grows it; weights in kg of a finished animal. Mature weights are middles of the ranges in the
/// breed pages of Oklahoma State University's "Breeds of Livestock" and the Chinese yellow-cattle crosses' a little below.
/// </summary>
/// <param name="Code">The name a register would carry.</param>
/// <param name="Share">Share of the herd, the four adding up to 1.</param>
/// <param name="BirthKilograms">Weight at birth.</param>
/// <param name="WeaningKilograms">Weight where growth turns from self-accelerating to self-inhibiting.</param>
/// <param name="MatureKilograms">The asymptote.</param>
public sealed record Breed(string Code, double Share, double BirthKilograms, double WeaningKilograms, double MatureKilograms)
{
    public static readonly IReadOnlyList<Breed> All =
    [
        new("simmental", 0.45, 40, 205, 720),
        new("angus", 0.25, 36, 195, 640),
        new("charolais", 0.15, 42, 210, 760),
        new("holstein-cross", 0.15, 38, 190, 660),
    ];

    public static Breed Pick(double uniform)
    {
        foreach (Breed breed in All)
        {
            if (uniform < breed.Share)
            {
                return breed;
            }

            uniform -= breed.Share;
        }

        return All[0];
    }
}
