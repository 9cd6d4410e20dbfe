using System.Security.Cryptography;
using System.Text;
using Earmark.DeviceSim;
using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Scripts;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Xunit;

namespace Earmark.Tests.DeviceSim;

/// <summary>Devices and worlds for the tests of the simulator.</summary>
internal static class Demo
{
    public const ulong Seed = 7;

    public static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static SimulatedDevice Device(string id, DeviceKind kind, string site = "ranch-1")
    {
        Assert.True(DeviceName.TryParse(id, out DeviceName name));
        return new SimulatedDevice(name, kind, site, "user-" + id, "secret-" + id, 1, SHA256.HashData(Encoding.ASCII.GetBytes(id)));
    }

    public static IReadOnlyList<SimulatedDevice> Ranch(int cattle, int stations = 8, int feeders = 2) =>
    [
        .. Enumerable.Range(1, stations).Select(i => Device($"bs-{i}", DeviceKind.BaseStation)),
        .. Enumerable.Range(1, feeders).Select(i => Device($"tmr-{i}", DeviceKind.TmrFeeder)),
        .. Enumerable.Range(1, cattle).Select(i => Device($"999{i:000000000000}", DeviceKind.EarTag)),
    ];

    public static IReadOnlyList<SimulatedDevice> Everything(int cattle = 200) =>
    [
        .. Ranch(cattle),
        .. Enumerable.Range(1, 3).Select(i => Device($"scale-{i}", DeviceKind.WarehouseScale, "warehouse-1")),
        .. Enumerable.Range(1, 12).Select(i => Device($"gps-{i}", DeviceKind.GpsNode, "fleet-1")),
    ];

    public static Scenario Read(string json)
    {
        Assert.True(ScenarioReader.TryRead(Encoding.UTF8.GetBytes(json), out Scenario? scenario, out string error), error);
        return scenario;
    }

    public static SimulatedSites Sites(
        IReadOnlyList<SimulatedDevice> devices, RecordingSink sink, TruthList? truth = null, Scenario? scenario = null, ulong seed = Seed)
    {
        var sites = new SimulatedSites(devices, seed, Start, scenario?.Natural ?? false, truth ?? new TruthList(), sink);
        if (scenario is not null)
        {
            Assert.Null(sites.Check(scenario));
            sites.Play(scenario.Acts, Start);
        }

        sites.Begin();
        return sites;
    }

    /// <summary>Reads a frame the way a gateway would, MAC included.</summary>
    public static EnvelopeHeader Header(MadeFrame frame)
    {
        Assert.True(EnvelopeCodec.TryRead(frame.Bytes, out EnvelopeHeader header, out var refusal), refusal.ToString());
        using var key = new FrameKey(frame.Device.FrameKey);
        Assert.True(key.Verifies(frame.Bytes));
        return header;
    }

    /// <summary>All observations of the stations' frames, with the frame they came in.</summary>
    public static IEnumerable<(MadeFrame Frame, TagObservation Seen)> Observations(IEnumerable<MadeFrame> frames)
    {
        foreach (MadeFrame frame in frames.Where(f => f.Device.Kind == DeviceKind.BaseStation))
        {
            foreach (TagObservation seen in Round(frame))
            {
                yield return (frame, seen);
            }
        }
    }

    public static IEnumerable<TagReading> ReadingsOf(IEnumerable<MadeFrame> frames, string tagId) =>
        Observations(frames).Where(o => o.Seen.Tag.ToString() == tagId).Select(o => o.Seen.Reading);

    public static List<TagObservation> Round(MadeFrame frame)
    {
        Assert.True(BaseStationCodec.TryRead(EnvelopeCodec.Payload(frame.Bytes), out InventoryRound round, out var refusal), refusal.ToString());
        var seen = new List<TagObservation>();
        foreach (TagObservation observation in round)
        {
            seen.Add(observation);
        }

        return seen;
    }
}
