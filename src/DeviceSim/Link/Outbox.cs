using System.Globalization;
using Earmark.DeviceSim.Hardware;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.DeviceSim.Link;

/// <summary>
/// The frames of all devices of one state folder until they are settled: acknowledged, refused or dropped. A frame is on the disk before
/// it is first sent, and settled only once a line in one of the logs says so. Kill the process anywhere: each frame is then either
/// in a log or still here, byte for byte (in both when it was killed between the two; the log wins).
/// </summary>
public sealed class Outbox : IAsyncDisposable
{
    public const string AcknowledgedLog = "acknowledged.log";
    public const string RefusedLog = "refused.log";
    public const string DroppedLog = "dropped.log";
    private const string SegmentPattern = "outbox-*.bin";

    private readonly string _folder;
    private readonly LinkLimits _limits;
    private readonly Lock _turn = new();
    private readonly List<OutboxSegment> _segments = [];
    private readonly SyncedLog _acknowledged;
    private readonly SyncedLog _refused;
    private readonly SyncedLog _dropped;
    private int _number;

    public Outbox(string folder, LinkLimits limits)
    {
        _folder = folder;
        _limits = limits;
        Directory.CreateDirectory(folder);
        _acknowledged = new SyncedLog(Path.Combine(folder, AcknowledgedLog), limits.MaxLogBytes);
        _refused = new SyncedLog(Path.Combine(folder, RefusedLog), limits.MaxLogBytes);
        _dropped = new SyncedLog(Path.Combine(folder, DroppedLog), limits.MaxLogBytes);
        Leftovers = Recover();
        _segments.Add(NewSegment());
    }

    /// <summary>What earlier runs left unsettled, in the order it was made.</summary>
    public IReadOnlyList<StoredFrame> Leftovers { get; }

    /// <summary>Files on disk, the one being written included.</summary>
    public int Segments
    {
        get
        {
            lock (_turn)
            {
                return _segments.Count;
            }
        }
    }

    /// <summary>Keeps frames for good; they may be sent once this returns.</summary>
    /// <exception cref="IOException">Nothing may be sent: the disk did not take them.</exception>
    public IReadOnlyList<StoredFrame> Append(IReadOnlyList<MadeFrame> frames)
    {
        var stored = new List<StoredFrame>(frames.Count);
        lock (_turn)
        {
            foreach (MadeFrame frame in frames)
            {
                if (_segments[^1].Length >= _limits.MaxSegmentBytes)
                {
                    Rotate();
                }

                var identity = new FrameIdentity(frame.Boot, frame.Sequence);
                stored.Add(_segments[^1].Append(frame.Bytes, frame.Device.Name, identity, frame.Backlog));
            }

            _segments[^1].Sync();
        }

        return stored;
    }

    /// <summary>Call after the PUBACK: writes and syncs the line, then lets the frame go.</summary>
    public async Task AcknowledgeAsync(StoredFrame frame, byte[] bytes)
    {
        await _acknowledged.AppendAsync(FrameLine.Write(frame, bytes));
        Settle(frame.Segment);
    }

    public async Task RefuseAsync(StoredFrame frame, byte[] bytes, string reason)
    {
        await _refused.AppendAsync(FrameLine.Write(frame, bytes, reason));
        Settle(frame.Segment);
    }

    public async Task DropAsync(StoredFrame frame)
    {
        await _dropped.AppendAsync(FrameLine.Write(frame, frame.ReadBytes()));
        Settle(frame.Segment);
    }

    public async ValueTask DisposeAsync()
    {
        await _acknowledged.DisposeAsync();
        await _refused.DisposeAsync();
        await _dropped.DisposeAsync();
        lock (_turn)
        {
            _segments.ForEach(segment => segment.Dispose());
        }
    }

    private List<StoredFrame> Recover()
    {
        var found = new List<StoredFrame>();
        foreach (string path in Directory.GetFiles(_folder, SegmentPattern).Order(StringComparer.Ordinal))
        {
            _number = int.Parse(Path.GetFileNameWithoutExtension(path)["outbox-".Length..], CultureInfo.InvariantCulture);
            _segments.Add(OutboxSegment.Open(path, found));
        }

        HashSet<(DeviceName, FrameIdentity)> settled = found.Count == 0 ? [] : SettledOf(found);
        foreach (StoredFrame frame in found.Where(frame => settled.Contains((frame.Device, frame.Identity))))
        {
            frame.Segment.Settle();
        }

        foreach (OutboxSegment empty in _segments.Where(segment => segment.Unsettled == 0).ToList())
        {
            _segments.Remove(empty);
            empty.Delete();
        }

        return found.FindAll(frame => !settled.Contains((frame.Device, frame.Identity)));
    }

    private HashSet<(DeviceName, FrameIdentity)> SettledOf(List<StoredFrame> found)
    {
        HashSet<(DeviceName, FrameIdentity)> asked = [.. found.Select(frame => (frame.Device, frame.Identity))];
        HashSet<(DeviceName, FrameIdentity)> settled = [];
        foreach (string log in (string[])[AcknowledgedLog, RefusedLog, DroppedLog])
        {
            foreach (string line in SyncedLog.ReadLines(Path.Combine(_folder, log)))
            {
                if (FrameLine.TryRead(line, out DeviceName device, out FrameIdentity identity, out _) && asked.Contains((device, identity)))
                {
                    settled.Add((device, identity));
                }
            }
        }

        return settled;
    }

    private void Settle(OutboxSegment segment)
    {
        lock (_turn)
        {
            if (segment.Settle() == 0 && segment != _segments[^1])
            {
                _segments.Remove(segment);
                segment.Delete();
            }
        }
    }

    private void Rotate()
    {
        OutboxSegment full = _segments[^1];
        full.Sync();
        _segments.Add(NewSegment());
        if (full.Unsettled == 0)
        {
            _segments.Remove(full);
            full.Delete();
        }
    }

    private OutboxSegment NewSegment() => OutboxSegment.Create(Path.Combine(_folder, $"outbox-{++_number:00000000}.bin"));
}
