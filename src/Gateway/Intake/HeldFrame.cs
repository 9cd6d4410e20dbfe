using Earmark.Contracts.Sites;

namespace Earmark.Gateway.Intake;

/// <summary>A frame waiting for its site's receipt, with whoever waits for it.</summary>
internal sealed class HeldFrame(Frame frame) : TaskCompletionSource<FrameReceipt>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public Frame Frame { get; } = frame;

    /// <summary>Nobody waits any more: its hold is over or its connection gone. Recording it is still right; a repetition is a duplicate.</summary>
    public bool IsAbandoned { get; set; }
}
