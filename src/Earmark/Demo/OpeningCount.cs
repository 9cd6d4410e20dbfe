using Earmark.DeviceSim;
using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Link;
using Earmark.DeviceSim.Truth;
using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Warehouses;
using MQTTnet;

namespace Earmark.Host.Demo;

/// <summary>
/// The count on the day the devices were installed. What was never heard or weighed is worth nothing, so the demo's devices
/// report the quarter of an hour before the start, each through the front door with its own credentials, and every lot goes over a scale.
/// </summary>
internal sealed class OpeningCount : IFrameSink
{
    private static readonly TimeSpan Counted = TimeSpan.FromMinutes(15);

    /// <summary>The simulator's own boots begin far above it.</summary>
    private const uint InstallationBoot = 1;

    private readonly Dictionary<SimulatedDevice, List<byte[]>> frames = [];

    public static async Task TakeAsync(string devicesFile, string mqttHost, int mqttPort, DateTimeOffset now, CancellationToken cancel)
    {
        if (!DevicesFile.TryRead(devicesFile, out var devices, out var error))
        {
            throw new InvalidOperationException($"The demo's devices can't be read: {error}");
        }

        var count = new OpeningCount();
        using (var sites = new SimulatedSites(devices, WorldDefaults.Seed, now - Counted, natural: false, NoTruthLog.Instance, count))
        {
            WeighEveryLot(sites, now - Counted);
            sites.Begin();
            sites.AdvanceTo(now);
        }

        var endpoint = new MqttEndpoint(mqttHost, mqttPort, LinkLimits.Default);
        await Parallel.ForEachAsync(count.frames, cancel, (device, stop) => SendAsync(endpoint, device.Key, device.Value, stop));
    }

    public bool IsOnline(SimulatedDevice device) => true;

    public void Take(MadeFrame frame)
    {
        if (!frames.TryGetValue(frame.Device, out var made))
        {
            frames.Add(frame.Device, made = []);
        }

        made.Add(frame.Bytes);
    }

    public void UplinkChanged(SimulatedDevice device, Uplink uplink)
    {
    }

    public uint NextBoot(SimulatedDevice device) => InstallationBoot;

    private static void WeighEveryLot(SimulatedSites sites, DateTimeOffset begun)
    {
        foreach (var warehouse in sites.World.Warehouses)
        {
            foreach (var lot in warehouse.Lots)
            {
                warehouse.TruckScaleIn.Weigh(begun, lot.Grams, 0, WeighingPurpose.Inbound, lot.Name);
            }
        }
    }

    private static async ValueTask SendAsync(MqttEndpoint endpoint, SimulatedDevice device, List<byte[]> frames, CancellationToken cancel)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(endpoint.OptionsFor(device), cancel);
        foreach (var frame in frames)
        {
            var answer = await client.PublishAsync(endpoint.Frame(device, frame), cancel);
            if (answer.ReasonCode != MqttClientPublishReasonCode.Success)
            {
                throw new InvalidOperationException($"The opening count of {device.DeviceId} was refused: {answer.ReasonCode} {answer.ReasonString}");
            }
        }

        await client.DisconnectAsync(new MqttClientDisconnectOptions(), cancel);
    }
}
