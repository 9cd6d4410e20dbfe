using System.Text.Json;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Assets;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Reads;
using Earmark.Storage.Book;
using Earmark.Storage.History;

namespace Earmark.Portal.Api.Devices;

/// <param name="Kind">ear-tag, base-station, tmr-feeder, warehouse-scale or gps-node.</param>
/// <param name="Zone">Pen, zone or vehicle it covers; empty for an ear tag.</param>
public sealed record DeviceLine(string DeviceId, string Kind, string SiteId, string Zone, bool InService, bool Simulated, DateTimeOffset AddedAt)
{
    public static DeviceLine Of(DeviceRow row) => new(row.DeviceId, row.Kind, row.SiteId, row.Zone, row.InService, row.Simulated, row.AddedAt);
}

public sealed record DeviceList(int Total, int Offset, IReadOnlyList<DeviceLine> Devices);

/// <param name="Activity">What its site remembers of its frames; null before the first.</param>
/// <param name="Frames">Last frames journaled, newest first: raw bytes beside what they say.</param>
/// <param name="Refusals">What was refused, newest first; null while History is away.</param>
public sealed record DeviceOpened(
    DeviceLine Device,
    TwinAnswer? Twin,
    ActivityAnswer? Activity,
    IReadOnlyList<FrameAnswer> Frames,
    IReadOnlyList<RefusalAnswer>? Refusals,
    IReadOnlyList<BindingAnswer> Bindings)
{
    public static DeviceOpened Of(DeviceFound found) => new(
        DeviceLine.Of(found.Row),
        found.Twin is { } twin ? TwinAnswer.Of(twin) : null,
        found.Activity is { } activity ? ActivityAnswer.Of(activity) : null,
        [.. found.Frames.Select(FrameAnswer.Of)],
        found.Refusals?.Select(RefusalAnswer.Of).ToArray(),
        [.. found.Bindings.Select(binding => new BindingAnswer(binding.AssetId, binding.DeviceId, binding.From, binding.Until, binding.Because))]);
}

/// <param name="Version">Raised by each decision or act.</param>
public sealed record TwinAnswer(
    string? AssetId,
    ConnectionState Connection,
    DateTimeOffset? ConnectionSince,
    bool Tampered,
    bool InService,
    string? Firmware,
    long Version,
    IReadOnlyList<TwinEvent> Events)
{
    public static TwinAnswer Of(DeviceTwin twin) => new(
        twin.AssetId,
        twin.Connection,
        twin.ConnectionSince,
        twin.Tampered,
        twin.InService,
        twin.Firmware,
        twin.Version,
        [.. twin.Events.Select(happened => new TwinEvent(happened.At, happened.What, happened.Detail, happened.By))]);
}

public sealed record TwinEvent(DateTimeOffset At, string What, string Detail, string By);

/// <param name="Boot">Boot counter and sequence of the newest frame.</param>
/// <param name="Marked">Frames journaled but not believed.</param>
public sealed record ActivityAnswer(long Boot, long Sequence, DateTimeOffset? LastHeardAt, long Frames, long Duplicates, long Marked, IReadOnlyList<long> Positions)
{
    public static ActivityAnswer Of(DeviceActivity activity) => new(
        activity.Boot, activity.Sequence, activity.LastHeardAt, activity.Frames, activity.Duplicates, activity.Marked, activity.Positions);
}

/// <param name="Position">In the site's journal.</param>
/// <param name="Trust">verified (its own MAC) or hint.</param>
/// <param name="Decoded">As <c>earmark decode</c> prints it.</param>
public sealed record FrameAnswer(long Position, DateTimeOffset At, FrameTrust Trust, string Hex, JsonElement? Decoded)
{
    public static FrameAnswer Of(FrameSeen frame) =>
        new(frame.Position, frame.At, (FrameTrust)frame.Trust, frame.Hex, KeptJson.Read(frame.DecodedJson));
}

/// <param name="FirstBytes">At most 64 bytes, hex.</param>
/// <param name="Count">How many alike this stands for.</param>
public sealed record RefusalAnswer(DateTimeOffset At, string Reason, int Offset, string FirstBytes, long Count)
{
    public static RefusalAnswer Of(RefusalRow row) => new(row.At, row.Reason, row.Offset, Convert.ToHexStringLower(row.FirstBytes), row.Count);
}

/// <summary>A device with its secrets, shown this once.</summary>
/// <param name="UserName">For MQTT; the same as the device's id.</param>
/// <param name="Password">Null when this is a repetition: secrets are shown once.</param>
/// <param name="FrameKeyHex">Signs its frames, 32 bytes; null like the password.</param>
public sealed record DeviceEnrolled(string DeviceId, string Kind, string Site, string UserName, string? Password, int KeyId, string? FrameKeyHex)
{
    public static DeviceEnrolled Of(DeviceEnrolment made) =>
        new(made.DeviceId, made.Kind, made.SiteId, made.UserName, Shown(made.Password), made.KeyId, Shown(made.FrameKeyHex));

    private static string? Shown(string secret) => secret.Length == 0 ? null : secret;
}
