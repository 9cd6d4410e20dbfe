using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Storage.Journal;
using Earmark.Tests.FirmwareProtocols;

namespace Earmark.Tests.Silo.Histories;

/// <summary>A journal of one ranch, entry after entry.</summary>
internal sealed class Frames
{
    public static readonly DateTimeOffset Ten = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private readonly List<JournalEntry> _entries = [];

    public IReadOnlyList<JournalEntry> Entries => _entries;

    public static TagReading Reading(int activity = 0, int motionless = 0, short? centiCelsius = 3_850, sbyte? rssi = -70) =>
        new(rssi, TagFlags.None, 15, (ushort)activity, (ushort)motionless, centiCelsius);

    public void Tick(DateTimeOffset at) => Add(EntryKind.Tick, at, []);

    /// <summary>A round that heard tags, made by its station at <paramref name="device"/> and journaled at <paramref name="at"/>.</summary>
    public void Round(DateTimeOffset at, DateTimeOffset device, FrameFlags flags, params (ulong Tag, TagReading Reading)[] heard)
    {
        var payload = new byte[BaseStationCodec.MaxPayloadLength];
        var observations = heard.Select(one => new TagObservation(TagNumber.TryCreate(one.Tag, out var tag) ? tag : throw new ArgumentException("tag"), one.Reading)).ToArray();
        var length = BaseStationCodec.Write(1, 60, observations, payload);
        Frame(DeviceKind.BaseStation, "bs-01", at, device, flags, payload.AsSpan(0, length));
    }

    public void Frame(DeviceKind kind, string name, DateTimeOffset at, DateTimeOffset device, FrameFlags flags, ReadOnlySpan<byte> payload) => Add(
        EntryKind.Frame,
        at,
        Keys.Frame(Keys.Header(kind, name) with { TimeUnixMilliseconds = device.ToUnixTimeMilliseconds(), Flags = flags }, payload));

    public void Garbage(DateTimeOffset at) => Add(EntryKind.Frame, at, [1, 2, 3]);

    private void Add(EntryKind kind, DateTimeOffset at, byte[] body) => _entries.Add(new JournalEntry(
        _entries.Count + 1, "ranch-1", 1, _entries.Count + 1, kind, at, "bs-01", 1, 1, 1, body, new byte[JournalLimits.HashBytes]));
}
