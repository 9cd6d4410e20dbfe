namespace Earmark.DeviceSim.World.Cattle;

/// <summary>One pen: its animals and how well its station hears it.</summary>
public sealed class Pen(int number, double heardShare)
{
    /// <summary>From 1.</summary>
    public int Number { get; } = number;

    /// <summary>Share of rounds in which a tag in the ear of an animal here is heard.</summary>
    public double HeardShare { get; } = heardShare;

    public List<Animal> Animals { get; } = [];
}
