using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.Tests.FirmwareProtocols;
using Earmark.Tests.Silo.Cattle;
using Earmark.Tests.Silo.Sites;
using Xunit;

namespace Earmark.Tests.Silo.Feeding;

public sealed class FeedBookTests
{
    private readonly FoldRun _ranch = new FoldRun(SiteKind.Ranch, RanchWorld.Site).Submit(RanchWorld.Opening(2));
    private uint _sequence;

    [Fact]
    public void What_was_put_out_counts_on_the_day_it_was_and_loads_do_not()
    {
        Deliver("pen-1", 400_000);
        Deliver("pen-2", 150_000);
        Hear(new FeedEvent(FeedEventType.Load, FeedEventFlags.None, 0, Code("maize"), default, 900_000));
        Assert.Equal((550_000, 0), Fed());

        _ranch.Wait(TimeSpan.FromDays(1)).Tick();
        Assert.Equal((0, 550_000), Fed());

        // An event of yesterday evening that comes this morning belongs to yesterday.
        Hear(new FeedEvent(FeedEventType.Delivery, FeedEventFlags.None, -12 * 3_600, Code("ration-1"), Code("pen-1"), 50_000));
        Assert.Equal((0, 600_000), Fed());
        _ranch.Restart();
        _ranch.Wait(TimeSpan.FromDays(1)).Tick();
        Assert.Equal((0, 0), Fed());
    }

    private void Deliver(string pen, int grams) =>
        Hear(new FeedEvent(FeedEventType.Delivery, FeedEventFlags.None, 0, Code("ration-1"), Code(pen), grams));

    private (long Today, long Yesterday) Fed()
    {
        var counts = _ranch.Fold.Summary(1, [], [], []).Counts;
        return (counts["feed-today-grams"], counts["feed-yesterday-grams"]);
    }

    private void Hear(FeedEvent happened)
    {
        var payload = new byte[TmrFeederCodec.PayloadLength(1)];
        TmrFeederCodec.Write([happened], payload);
        _ranch.Hear("tmr-1", Keys.Frame(
            new EnvelopeHeader(DeviceKind.TmrFeeder, Keys.Name("tmr-1"), 1, ++_sequence, _ranch.Now.ToUnixTimeMilliseconds(), FrameFlags.None, 1), payload));
    }

    private static FeedCode Code(string text) => FeedCode.TryParse(text, out var code) ? code : throw new ArgumentException(text);
}
