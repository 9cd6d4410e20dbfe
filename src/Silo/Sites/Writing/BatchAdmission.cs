using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Silo.Sites.Frames;

namespace Earmark.Silo.Sites.Writing;

/// <summary>
/// Decides for each frame of a batch whether it goes to the journal: against the state, and against the frames before it in the same
/// batch. The fold judges again, so what slips through here is never applied twice.
/// </summary>
internal sealed class BatchAdmission(SiteFold fold, long position, DateTimeOffset at)
{
    private readonly Dictionary<(string Device, ulong Ordinal), (ulong Hash, long Position)> _before = [];

    public List<Draft> Drafts { get; } = [];

    /// <summary>Numbers of the devices that repeated a frame, once for each repetition.</summary>
    public List<int> Duplicates { get; } = [];

    public FrameReceipt[] Admit(Frame[] frames)
    {
        var receipts = new FrameReceipt[frames.Length];
        for (var index = 0; index < frames.Length; index++)
        {
            receipts[index] = Admit(frames[index]);
        }

        return receipts;
    }

    private FrameReceipt Admit(in Frame frame)
    {
        if (!EnvelopeCodec.TryRead(frame.Bytes, out var header, out var refusal))
        {
            return Refuse(refusal.Reason);
        }

        var reason = !fold.Core.Defined ? "site-not-defined"
            : !DeviceName.TryParse(frame.DeviceId, out var sender) || sender != header.Device ? "wrong-device"
            : !fold.Hears(header.Kind) ? "wrong-kind"
            : Payload(header.Kind, frame.Bytes);
        if (reason is not null)
        {
            return Refuse(reason);
        }

        var device = fold.Core.Devices.Find(frame.DeviceId);
        if (device is null ? !fold.Core.Devices.HasRoomFor(header.Kind) : device.Kind != header.Kind)
        {
            return Refuse(device is null ? "too-many-devices" : "wrong-kind");
        }

        var hash = FrameHash.Of(frame.Bytes);
        return device?.Window.Judge(header.Identity, hash) switch
        {
            FrameVerdict.Duplicate => Repeat(device.Number),
            FrameVerdict.IdentityReused => Refuse("identity-reused"),
            FrameVerdict.BootOutsideWindow => Refuse("boot-outside-window"),
            _ => AdmitNew(frame, header, hash, device?.Number),
        };
    }

    private FrameReceipt AdmitNew(in Frame frame, in EnvelopeHeader header, ulong hash, int? device)
    {
        var next = position + Drafts.Count + 1;
        var key = (frame.DeviceId, header.Identity.Ordinal);
        if (_before.TryGetValue(key, out var earlier))
        {
            return earlier.Hash != hash ? Refuse("identity-reused")
                : device is { } number ? Repeat(number)
                : new FrameReceipt(FrameOutcome.Duplicate, null, earlier.Position);
        }

        _before.Add(key, (hash, next));
        Drafts.Add(Draft.Frame(frame, at));
        return new FrameReceipt(FrameOutcome.Recorded, EventTime.Name(EventTime.Judge(header, at, out _)), next);
    }

    private string? Payload(DeviceKind kind, byte[] frame)
    {
        var refusal = fold.Check(kind, EnvelopeCodec.Payload(frame));
        return refusal.IsNone ? null : refusal.Reason;
    }

    private FrameReceipt Repeat(int device)
    {
        Duplicates.Add(device);
        return new FrameReceipt(FrameOutcome.Duplicate, null, 0);
    }

    private static FrameReceipt Refuse(string reason) => new(FrameOutcome.Refused, reason, 0);
}
