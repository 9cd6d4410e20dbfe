using System.IO.Pipelines;

namespace Earmark.Gateway.Mqtt;

/// <summary>
/// The output as MQTTnet's adapter sees it: it may only end it, and that happens in turn with what is being written. Its reasons for
/// ending are not passed on, or what is not on the wire yet would be lost.
/// </summary>
internal sealed class ClosingOutput(Action close) : PipeWriter
{
    public override void Complete(Exception? exception = null) => close();

    public override void Advance(int bytes) => throw Unused();

    public override Memory<byte> GetMemory(int sizeHint = 0) => throw Unused();

    public override Span<byte> GetSpan(int sizeHint = 0) => throw Unused();

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => throw Unused();

    public override void CancelPendingFlush() => throw Unused();

    private static InvalidOperationException Unused() => new("all packets leave through the line of answers");
}
