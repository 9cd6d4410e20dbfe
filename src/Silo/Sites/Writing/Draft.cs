using System.Text.Json;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Storage.Journal;

namespace Earmark.Silo.Sites.Writing;

/// <summary>An entry on its way to the journal; its place and hash come when it is written.</summary>
internal readonly record struct Draft(
    EntryKind Kind, DateTimeOffset At, string DeviceId, byte Trust, int CodecVersion, ReadOnlyMemory<byte> Body)
{
    public static Draft Frame(in Frame frame, DateTimeOffset at) =>
        new(EntryKind.Frame, at, frame.DeviceId, (byte)frame.Trust, EnvelopeCodec.Version, frame.Bytes);

    public static Draft Command(ReadOnlyMemory<byte> body, DateTimeOffset at) =>
        new(EntryKind.Command, at, "", 0, CommandJson.Version, body);

    public static Draft Tick(DateTimeOffset at) => new(EntryKind.Tick, at, "", 0, 1, ReadOnlyMemory<byte>.Empty);

    public static Draft Quarantine(QuarantineMark mark, DateTimeOffset at) =>
        new(EntryKind.Quarantine, at, "", 0, 1, JsonSerializer.SerializeToUtf8Bytes(mark, SnapshotJson.Options));

    public static Draft Opening(OpeningState state, DateTimeOffset at) => new(EntryKind.OpeningState, at, "", 0, 1, state.Write());

    public FoldEntry As(long position) => new(position, Kind, At, DeviceId, Trust, CodecVersion, Body);
}
