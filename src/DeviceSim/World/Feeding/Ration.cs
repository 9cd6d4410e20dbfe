namespace Earmark.DeviceSim.World.Feeding;

/// <summary>What goes into the mixer, as shares of the fed weight (a common backgrounding ration with maize silage; set). Codes fit a feeder's 8 characters.</summary>
public static class Ration
{
    public const string Code = "grower-1";

    public static readonly IReadOnlyList<(string Ingredient, double Share)> Parts =
    [
        ("silage", 0.52), ("alfalfa", 0.14), ("maize", 0.22), ("soymeal", 0.09), ("mineral", 0.03),
    ];
}
