using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.Topics;
using Earmark.Tests.FirmwareProtocols;
using Earmark.Tests.FirmwareProtocols.BaseStation;

namespace Earmark.Tests.Gateway.Doubles;

/// <summary>A base station with its secrets, as onboarding would hand it out.</summary>
internal sealed class TestDevice
{
    public const string SiteId = "ranch-1";
    public const string Password = "a-random-device-password";

    private static readonly string Hash = DevicePassword.Hash(Password);
    private uint _sequence;

    public TestDevice(string id = "bs-01")
    {
        Id = id;
        Credentials = new DeviceCredentials(
            id, "base-station", SiteId, SiteKind.Ranch, Hash, [new FrameKeyRow(1, Keys.Bytes)], InService: true, Simulated: false);
    }

    public string Id { get; }

    public DeviceCredentials Credentials { get; }

    public string Up => DeviceTopic.Up(DeviceKind.BaseStation, Keys.Name(Id));

    public string Down => DeviceTopic.Down(DeviceKind.BaseStation, Keys.Name(Id));

    public string Status => DeviceTopic.Status(DeviceKind.BaseStation, Keys.Name(Id));

    /// <summary>The next good frame: a round in which one tag was heard.</summary>
    public byte[] Frame(FrameFlags flags = FrameFlags.None) => Keys.Frame(
        Keys.Header(device: Id) with { Sequence = ++_sequence, Flags = flags },
        BaseStationTests.Payload(BaseStationTests.Heard(1)));
}
