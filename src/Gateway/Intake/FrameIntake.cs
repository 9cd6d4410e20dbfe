using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Gateway.Directory;
using Earmark.Gateway.Sessions;

namespace Earmark.Gateway.Intake;

/// <summary>
/// One frame to one receipt, whatever door it came through. The answer is the site's: <c>Recorded</c> means durable. Waits when the site's
/// inbox is full, so that the door stops reading; drops nothing.
/// </summary>
public sealed class FrameIntake(DeviceDirectory directory, SiteInboxes sites, Receipts receipts, DomainClock clock, GatewayOptions options)
{
    private static readonly TimeSpan KeyRefresh = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Returns when the frame is on its way or refused, and its site has room for more. It is answered later, <c>NotRecorded</c> after
    /// <see cref="DeviceSession.Hold"/>: not to be acknowledged.
    /// </summary>
    /// <param name="cancellationToken">The end of the connection. The frame may be recorded all the same.</param>
    public ValueTask TakeAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        if (FrameCheck.TryRead(arrival.Session.Device, arrival.Bytes, out var header, out var refusal))
        {
            return Enter(arrival, header, cancellationToken);
        }
        if (refusal.Reason == GatewayReasons.UnknownKey)
        {
            return TakeWithNewKeyAsync(arrival, cancellationToken);
        }
        receipts.Refuse(arrival, refusal.Reason, refusal.Offset);
        return default;
    }

    private ValueTask Enter(Arrival arrival, in EnvelopeHeader header, CancellationToken cancellationToken)
    {
        var session = arrival.Session;
        Frame frame = new(session.Device.Id, arrival.ReceivedAt ?? clock.GetUtcNow(), FrameTrust.Verified, arrival.Bytes);
        var deadline = options.Time.GetTimestamp() + (long)(session.Hold.TotalSeconds * options.Time.TimestampFrequency);
        arrival.Enter(frame, (header.Flags & FrameFlags.Backlog) != 0, deadline);
        var inbox = sites.For(session.Device);
        if (!arrival.Waits && (inbox.IsAway || !inbox.HasRoom))
        {
            receipts.Hand(arrival, Receipts.NotRecorded);
            return default;
        }
        return inbox.TakeAsync(arrival, cancellationToken);
    }

    // A key may have been added since the register was asked.
    private async ValueTask TakeWithNewKeyAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var session = arrival.Session;
        var (device, _) = await directory.FindAsync(session.Device.Id, KeyRefresh);
        if (device is not null && device != session.Device)
        {
            session.Device = device;
        }
        if (FrameCheck.TryRead(session.Device, arrival.Bytes, out var header, out var refusal))
        {
            await Enter(arrival, header, cancellationToken);
            return;
        }
        receipts.Refuse(arrival, refusal.Reason, refusal.Offset);
    }
}
