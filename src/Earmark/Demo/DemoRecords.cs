using Earmark.Contracts.Devices;

namespace Earmark.Host.Demo;

/// <summary>One device as <c>--devices FILE</c> and <c>earmark device add</c> write it.</summary>
internal sealed record DeviceFileEntry(string DeviceId, string Kind, string Site, string UserName, string Password, int KeyId, string FrameKeyHex)
{
    public static DeviceFileEntry From(DeviceEnrolment enrolment) => new(
        enrolment.DeviceId, enrolment.Kind, enrolment.SiteId, enrolment.UserName, enrolment.Password, enrolment.KeyId, enrolment.FrameKeyHex);

    /// <summary>A tag is heard by stations; it has no credentials of its own.</summary>
    public static DeviceFileEntry Tag(string tag, string site) => new(tag, "ear-tag", site, "", "", 0, "");
}

/// <param name="NewUsers">User, role and password, only at the start that made them.</param>
internal sealed record DemoState(
    IReadOnlyList<(string User, string Role, string Password)> NewUsers,
    IReadOnlyList<string> UserNames);
