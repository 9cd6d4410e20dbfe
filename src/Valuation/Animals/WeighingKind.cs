namespace Earmark.Valuation;

/// <summary>How a weight came about; each has its own error.</summary>
public enum WeighingKind : byte
{
    Chute,
    WalkOver,
    Group,
    Declared,
}

public static class WeighingKinds
{
    public static bool TryParse(string name, out WeighingKind kind)
    {
        (var isKnown, kind) = name switch
        {
            "chute" => (true, WeighingKind.Chute),
            "walk-over" => (true, WeighingKind.WalkOver),
            "group" => (true, WeighingKind.Group),
            "declared" => (true, WeighingKind.Declared),
            _ => (false, default),
        };
        return isKnown;
    }

    /// <summary>The name <see cref="TryParse"/> reads.</summary>
    public static string Code(this WeighingKind kind) => kind switch
    {
        WeighingKind.Chute => "chute",
        WeighingKind.WalkOver => "walk-over",
        WeighingKind.Group => "group",
        _ => "declared",
    };

    /// <summary>
    /// Standard error of one weighing, rounded up to the gram: 1.5 % in a chute (gut fill alone moves 1–2 %), 4 % walking over, 6 % as a group's mean,
    /// 8 % as declared. Chosen; a better figure belongs in the product's parameters.
    /// </summary>
    public static int StandardErrorGrams(this WeighingKind kind, int weightGrams)
    {
        var permille = kind switch
        {
            WeighingKind.Chute => 15,
            WeighingKind.WalkOver => 40,
            WeighingKind.Group => 60,
            _ => 80,
        };
        return (int)((((long)weightGrams * permille) + 999) / 1000);
    }

    /// <summary>
    /// The weight as in a chute, rounded to the gram: an animal that walks over a scale comes from trough and water, 1.5 % fuller. Nothing is added for the
    /// kinds that weigh emptied animals: that would be weight no scale has shown. Chosen.
    /// </summary>
    public static int WithoutFill(this WeighingKind kind, int weightGrams)
    {
        const int FillPermille = 15;
        return kind == WeighingKind.WalkOver ? (int)((((long)weightGrams * (1000 - FillPermille)) + 500) / 1000) : weightGrams;
    }
}
