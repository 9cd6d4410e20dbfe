namespace Earmark.DeviceSim.World.Feeding;

/// <summary>What a mixer's load cells see: something went in, or something went out along a pen's bunk.</summary>
/// <param name="Code">Ingredient when loaded, ration when delivered.</param>
/// <param name="Pen">From 1; null for a load.</param>
/// <param name="Kilograms">Above 0, a whole number of display steps.</param>
public sealed record FeedMoment(DateTimeOffset At, string Code, int? Pen, double Kilograms);
