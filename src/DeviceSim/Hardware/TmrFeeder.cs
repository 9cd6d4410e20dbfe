using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Feeding;
using Earmark.FirmwareProtocols.TmrFeeder;

namespace Earmark.DeviceSim.Hardware;

/// <summary>Reports each load and delivery of its mixer as it happens.</summary>
public sealed class TmrFeeder(SimulatedDevice identity, SimulatedWorld world, IFrameSink sink, Mixer mixer)
    : Device(identity, world, sink)
{
    private readonly byte[] _payload = new byte[TmrFeederCodec.PayloadLength(1)];

    /// <summary>What the terminal calls a pen: its name in the register of the demo, "pen-1" and on.</summary>
    public static string PenCode(int pen) => $"pen-{pen}";

    protected override void Work() => mixer.Weighed += Report;

    private void Report(FeedMoment moment)
    {
        var happened = new FeedEvent(
            moment.Pen is null ? FeedEventType.Load : FeedEventType.Delivery,
            FeedEventFlags.None,
            0,
            Code(moment.Code),
            moment.Pen is { } pen ? Code(PenCode(pen)) : default,
            (int)Math.Min(moment.Kilograms * 1000, TmrFeederCodec.MaxWeightGrams));
        int length = TmrFeederCodec.Write([happened], _payload);
        Send(moment.At, _payload.AsSpan(0, length));
    }

    /// <summary>The world's codes are made to fit; one that does not is a bug in it.</summary>
    private static FeedCode Code(string text) => FeedCode.TryParse(text, out FeedCode code)
        ? code
        : throw new InvalidOperationException($"'{text}' is no feeder code.");
}
