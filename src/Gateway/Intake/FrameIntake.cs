using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Gateway.Directory;
using Earmark.Gateway.Refusals;
using Earmark.Gateway.Sessions;

namespace Earmark.Gateway.Intake;

/// <summary>
/// One frame to one receipt, whatever door it came through. The answer is the site's: <c>Recorded</c> means durable. Waits when the site's
/// inbox is full, so that the door stops reading; drops nothing.
/// </summary>
public sealed class FrameIntake(
    DeviceDirectory directory, SiteInboxes sites, RefusalLog refusals, ConnectionNews news,
    DomainClock clock, GatewayOptions options, GatewayMeters meters)
{
    private static readonly TimeSpan KeyRefresh = TimeSpan.FromSeconds(2);

    /// <param name="session">Who was authenticated.</param>
    /// <param name="bytes">The frame as it came; kept, so it must not be changed afterwards.</param>
    /// <param name="cancellationToken">The end of the connection. The frame may be recorded all the same.</param>
    /// <returns><c>NotRecorded</c> after <see cref="DeviceSession.Hold"/> at the latest: not to be acknowledged.</returns>
    public async ValueTask<FrameReceipt> SubmitAsync(DeviceSession session, byte[] bytes, CancellationToken cancellationToken)
    {
        if (!FrameCheck.TryRead(session.Device, bytes, out var header, out var refusal)
            && !(refusal.Reason == GatewayReasons.UnknownKey
                && await RefreshAsync(session)
                && FrameCheck.TryRead(session.Device, bytes, out header, out refusal)))
        {
            return Refuse(session, bytes, refusal.Reason, refusal.Offset);
        }
        Frame frame = new(session.Device.Id, clock.GetUtcNow(), FrameTrust.Verified, bytes);
        var receipt = await sites.For(session.Device).RecordAsync(frame, session.Hold, cancellationToken);
        meters.Frame(receipt.Outcome);
        if (receipt.Outcome == FrameOutcome.Refused)
        {
            return Refuse(session, bytes, receipt.Reason ?? "refused-by-site", 0);
        }
        Tell(session, header);
        return receipt;
    }

    private FrameReceipt Refuse(DeviceSession session, byte[] bytes, string reason, int offset)
    {
        refusals.Add(session.Device.Id, reason, offset, bytes);
        return new FrameReceipt(FrameOutcome.Refused, reason, 0);
    }

    // A key may have been added since the register was asked.
    private async ValueTask<bool> RefreshAsync(DeviceSession session)
    {
        if ((await directory.FindAsync(session.Device.Id, KeyRefresh)).Device is not { } device || device == session.Device)
        {
            return false;
        }
        session.Device = device;
        return true;
    }

    private void Tell(DeviceSession session, in EnvelopeHeader header)
    {
        if (session.Heard((header.Flags & FrameFlags.Backlog) != 0, options.Time, out var buffering))
        {
            news.Tell(session, buffering ? ConnectionState.Buffering : ConnectionState.Online, buffering ? "sends what it kept" : "backlog sent");
        }
    }
}
