using System.Text.Json;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Frames;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Storage.Journal;

namespace Earmark.Silo.Sites;

internal abstract partial class SiteFold
{
    /// <summary>
    /// Applies the next entry. Deterministic; whatever it throws means that the entry is to be skipped, in a fold that starts again
    /// before it, because this one may have stopped halfway.
    /// </summary>
    public void Apply(in FoldEntry entry)
    {
        Core.Advance(entry);
        switch (entry.Kind)
        {
            case EntryKind.Frame:
                ApplyFrame(entry);
                break;
            case EntryKind.Tick:
                Core.Transitions.Pass(Core.Now);
                Core.Transfers.Pass(Core.Now);
                Pass();
                break;
            case EntryKind.Command:
                ApplyCommand(entry);
                break;
            case EntryKind.Quarantine:
                ApplyQuarantine(entry);
                break;
            case EntryKind.OpeningState:
                break;
            default:
                throw new InvalidDataException($"no entry is of kind {entry.Kind}");
        }
    }

    /// <summary>Passes a quarantined entry by: only its place and time count.</summary>
    public void Skip(in FoldEntry entry) => Core.Advance(entry);

    private void ApplyFrame(in FoldEntry entry)
    {
        var bytes = entry.Body.Span;
        if (entry.CodecVersion != EnvelopeCodec.Version || !EnvelopeCodec.TryRead(bytes, out var header, out var refusal))
        {
            throw new InvalidDataException($"frame of codec {entry.CodecVersion} cannot be read");
        }

        Core.LastFrame = Core.Now;
        var device = Core.Devices.Of(entry.DeviceId, header.Kind);
        var hash = FrameHash.Of(bytes);
        if (device.Window.Judge(header.Identity, hash) != FrameVerdict.New)
        {
            return;
        }

        device.Window.Take(header.Identity, hash, entry.Position);
        device.Frames++;
        device.Tampered = (header.Flags & FrameFlags.Tamper) != 0;
        var mark = EventTime.Judge(header, entry.At, out var second);
        device.ClockWrong = mark != TimeMark.None;
        if (mark != TimeMark.None || (entry.Trust < (byte)FrameTrust.Verified && !Core.Policy.UnsignedMayRaiseValue))
        {
            device.Marked++;
            return;
        }

        device.LastHeard = Math.Max(device.LastHeard, second);
        if (device.KeepsWatch)
        {
            Core.LastStationHeard = Math.Max(Core.LastStationHeard, second);
        }

        Take(device, header, EnvelopeCodec.Payload(bytes), second, entry.Position);
    }

    private void ApplyCommand(in FoldEntry entry)
    {
        var command = CommandJson.Read(entry.Body.Span);
        if (command is not AnswerTransition)
        {
            Core.Commands.Remember(command.CommandId, FrameHash.Of(entry.Body.Span), entry.Position);
        }

        if (SettingCommands.Is(command))
        {
            SettingCommands.Take(Core, command);
        }
        else if (AssetCommands.Is(command))
        {
            AssetCommands.Take(Core, Columns, command, entry.Position);
        }
        else
        {
            Take(command, entry.Position);
        }
    }

    private void ApplyQuarantine(in FoldEntry entry)
    {
        if (Core.Quarantined.Count < SiteCore.NamedQuarantines)
        {
            Core.Quarantined.Add(JsonSerializer.Deserialize<QuarantineMark>(entry.Body.Span, SnapshotJson.Options)
                ?? throw new InvalidDataException("a quarantine names a position"));
        }
    }
}
