using Earmark.Contracts.Devices;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices;

/// <summary>Everything a decision about one device rests on, at one moment.</summary>
public sealed record DeviceStanding(DeviceRow Row, string? AssetId, bool Tampered, DateTimeOffset? CalibratedUntil, DateTimeOffset Now)
{
    /// <summary>Why this device can't vouch for that asset of that site; null when it can.</summary>
    public string? WhyNotVouching(AssetTransition transition) =>
        !Row.InService ? Reasons.OutOfService
        : Row.SiteId != transition.SiteId ? Reasons.OtherSite
        : AssetId != transition.AssetId ? Reasons.NotBound
        : Tampered ? Reasons.Tampered
        : null;

    public static class Reasons
    {
        public const string OutOfService = "out-of-service";
        public const string OtherSite = "of-another-site";
        public const string NotBound = "not-bound-to-asset";
        public const string Tampered = "tampered";
        public const string NotCalibrated = "calibration-expired";
        public const string NotRegistered = "not-registered";
        public const string UnknownTransition = "unknown-transition";
    }
}

/// <summary>What a device decides about a transition, and what it changes of the device itself.</summary>
public readonly record struct Verdict(bool Accepted, string? Reason, bool? Tampered = null, ConnectionState? Connection = null)
{
    public static readonly Verdict Accept = new(true, null);

    public static Verdict Refuse(string reason) => new(false, reason);

    public static Verdict Unless(string? reason) => reason is null ? Accept : Refuse(reason);
}
