namespace Earmark.Contracts.Sites;

/// <summary>How far the bytes of a frame are trusted, decided by the gateway and journaled with the frame.</summary>
public enum FrameTrust : byte
{
    /// <summary>Unsigned, or of a kind without a MAC: never raises value.</summary>
    Hint = 0,

    /// <summary>The frame's own MAC verified with a key of its device.</summary>
    Verified = 1,
}

/// <summary>One frame as it came: the raw bytes, who was authenticated as its sender, and when the gateway had it.</summary>
[GenerateSerializer, Immutable, Alias("earmark.frame")]
public readonly record struct Frame(
    [property: Id(0)] string DeviceId,
    [property: Id(1)] DateTimeOffset ReceivedAt,
    [property: Id(2)] FrameTrust Trust,
    [property: Id(3)] byte[] Bytes);

/// <summary>Frames of one site, oldest first; at most <see cref="SiteLimits.FramesPerBatch"/>.</summary>
[GenerateSerializer, Immutable, Alias("earmark.frame-batch")]
public sealed record FrameBatch([property: Id(0)] Frame[] Frames);

public enum FrameOutcome : byte
{
    /// <summary>Durable in the journal and applied: acknowledge.</summary>
    Recorded = 0,

    /// <summary>Same identity, same bytes: acknowledge, count, not applied.</summary>
    Duplicate = 1,

    /// <summary>Bad beyond repair: tell the device why; it must not send it again.</summary>
    Refused = 2,

    /// <summary>Not durable (journal away, catching up, fenced): do not acknowledge; the device sends it again.</summary>
    NotRecorded = 3,
}

/// <summary>What became of one frame of a batch, in the batch's order. <see cref="Reason"/> is kebab-case and stable.</summary>
[GenerateSerializer, Immutable, Alias("earmark.frame-receipt")]
public readonly record struct FrameReceipt(
    [property: Id(0)] FrameOutcome Outcome,
    [property: Id(1)] string? Reason,
    [property: Id(2)] long Position);

/// <summary>Limits of a site's entrance. What lies beyond is refused or held, never dropped silently.</summary>
public static class SiteLimits
{
    public const int FramesPerBatch = 512;
    public const int FrameBytes = 4096;
    public const int AssetsPerCommand = 5_000;
    public const int AnimalsPerSite = 200_000;
    public const int PageSize = 200;
}
