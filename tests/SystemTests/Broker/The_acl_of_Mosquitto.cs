using Earmark.Contracts.Devices;
using Earmark.SystemTests.Running;
using MQTTnet;

namespace Earmark.SystemTests.Broker;

/// <summary>The files Earmark writes for Mosquitto, tried by devices that go where they should not.</summary>
public sealed class The_acl_of_Mosquitto
{
    [Fact]
    public async Task Lets_a_device_into_its_own_topics_only()
    {
        await using BrokerCase broker = new();
        await broker.StartAsync(("bs-1", "ranch-1"), ("bs-2", "ranch-2"));
        var (mosquitto, own, other) = (broker.Mosquitto, broker.Stations["bs-1"], broker.Stations["bs-2"]);
        await CrossesAsync($"earmark/v1/{other.Kind}/{other.DeviceId}/up");
        await CrossesAsync($"earmark/v1/{other.Kind}/{other.DeviceId}/status");
        await CrossesAsync($"earmark/v1/{own.Kind}/{own.DeviceId}/down");
        await using var device = new Device(own, mosquitto.Port);
        Assert.Equal(MqttClientConnectResultCode.Success, (await device.ConnectAsync()).ResultCode);
        Assert.NotEqual(MqttClientPublishReasonCode.NotAuthorized, (await device.SendBytesAsync([1], $"earmark/v1/{own.Kind}/{own.DeviceId}/up")).ReasonCode);
        await using (var stranger = new Device(own with { Password = DevicePassword.Make() }, mosquitto.Port))
        {
            Assert.Equal(MqttClientConnectResultCode.NotAuthorized, (await stranger.ConnectAsync()).ResultCode);
        }

        // A device that listens to everything hears nothing of the others.
        var heard = 0;
        using var spy = new MqttClientFactory().CreateMqttClient();
        spy.ApplicationMessageReceivedAsync += _ => Task.FromResult(Interlocked.Increment(ref heard));
        await spy.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", mosquitto.Port).WithClientId("spy").WithCredentials(other.UserName, other.Password).Build());
        await spy.SubscribeAsync("earmark/v1/+/+/up");
        await spy.SubscribeAsync("$share/gateway/earmark/v1/+/+/up");
        await device.SendBytesAsync([2], $"earmark/v1/{own.Kind}/{own.DeviceId}/up");
        await spy.PublishStringAsync($"earmark/v1/{other.Kind}/{other.DeviceId}/status", "online", MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal(0, heard);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(mosquitto.Folder, "passwords")));

        // On a connection of its own: Mosquitto 2.0.11 may end the one on which it refused.
        async Task CrossesAsync(string topic)
        {
            await using var crossing = new Device(own, mosquitto.Port);
            await crossing.ConnectAsync();
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await crossing.SendBytesAsync([1], topic)).ReasonCode);
        }
    }

    [Fact]
    public void Keeps_the_settings_somebody_changed_and_renews_the_rest()
    {
        var folder = Directory.CreateTempSubdirectory("earmark-mosquitto-").FullName;
        var password = Host.Running.MosquittoFiles.GatewayPassword(Path.Combine(folder, "gateway-password"));
        Assert.Equal(password, Host.Running.MosquittoFiles.GatewayPassword(Path.Combine(folder, "gateway-password")));
        Host.Running.MosquittoFiles.Write(folder, [("bs-1", "base-station", DevicePassword.Hash("a"))], "gate", password);
        File.AppendAllText(Path.Combine(folder, "mosquitto.conf"), "# ours");

        Host.Running.MosquittoFiles.Write(folder, [("bs-2", "base-station", DevicePassword.Hash("b"))], "gate", password);

        Assert.EndsWith("# ours", File.ReadAllText(Path.Combine(folder, "mosquitto.conf")), StringComparison.Ordinal);
        var users = File.ReadAllLines(Path.Combine(folder, "passwords")).Select(line => line.Split(':')[0]);
        Assert.Equal(["gate", "bs-2"], users);
        Assert.DoesNotContain("bs-1", File.ReadAllText(Path.Combine(folder, "acl")), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
