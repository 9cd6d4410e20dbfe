namespace Earmark.Bench;

/// <summary>How much is onboarded and how long it is measured.</summary>
/// <param name="Sites">Ranch sites with 100 animals and one base station each; so many connections.</param>
/// <param name="Nodes">GPS nodes, each a connection with a shipment.</param>
/// <param name="NodeMessagesPerSecond">Paced over all nodes.</param>
/// <param name="HeapTags">Ear tags held while the heap is measured.</param>
/// <param name="LatencySamples">Frames that change a value, one after the other.</param>
/// <param name="BackgroundFramesPerSecond">Frames of 100 observations beside the latency samples.</param>
/// <param name="Facilities">Each with one ranch of <paramref name="AnimalsPerFacility"/>.</param>
internal sealed record Sizes(
    int Sites,
    TimeSpan WarmUp,
    TimeSpan Measure,
    int Nodes,
    int NodeMessagesPerSecond,
    int HeapTags,
    int LatencySamples,
    int BackgroundFramesPerSecond,
    int Facilities,
    int AnimalsPerFacility,
    int PriceChanges)
{
    public const int TagsPerFrame = 100;

    public static readonly Sizes Full = new(
        1_000, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(15), 10_000, 15_000, 100_000, 300, 500, 100, 1_000, 15);

    /// <summary>A million tags; the heap, the prices, the latency and the restart take some minutes each.</summary>
    public static readonly Sizes Large = new(
        1_000, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(15), 10_000, 15_000, 1_000_000, 200, 10_000, 1_000, 1_000, 9);

    public static readonly Sizes Quick = new(
        50, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), 2_000, 10_000, 10_000, 20, 100, 5, 200, 5);
}
