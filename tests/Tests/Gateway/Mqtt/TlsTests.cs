using System.Security.Cryptography.X509Certificates;
using Earmark.Gateway;
using Earmark.Tests.Gateway.Doubles;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Xunit;

namespace Earmark.Tests.Gateway.Mqtt;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _ours = new();
    private readonly TestCertificates _others = new();

    public void Dispose()
    {
        _ours.Dispose();
        _others.Dispose();
    }

    [Fact]
    public async Task A_device_publishes_over_tls_to_a_server_it_can_trust()
    {
        await using var gateway = await TestGateway.StartAsync(tls: new DoorTls { Certificate = _ours.Server() });
        var device = gateway.Add(new TestDevice());
        using var client = new MqttClientFactory().CreateMqttClient();

        Assert.Equal(MqttClientConnectResultCode.Success, await ConnectAsync(client, gateway, device, null));
        var answer = await client.PublishAsync(
            new MqttApplicationMessageBuilder().WithTopic(device.Up).WithPayload(device.Frame()).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(),
            TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccess);
        Assert.Single(gateway.Site.Frames);
    }

    [Fact]
    public async Task A_device_that_trusts_another_authority_does_not_give_its_password_away()
    {
        await using var gateway = await TestGateway.StartAsync(tls: new DoorTls { Certificate = _others.Server() });
        var device = gateway.Add(new TestDevice());
        using var client = new MqttClientFactory().CreateMqttClient();

        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => ConnectAsync(client, gateway, device, null));

        Assert.Empty(gateway.Register.Asked);
    }

    [Theory]
    [InlineData("bs-01", null, true)]
    [InlineData("Base station of the north pen", "bs-01", true)]
    [InlineData("bs-02", null, false)]
    [InlineData("bs-010", "bs-02", false)]
    public async Task A_certificate_must_name_the_device_that_logs_in(string commonName, string? dnsName, bool letIn)
    {
        await using var gateway = await TestGateway.StartAsync(tls: new DoorTls { Certificate = _ours.Server(), ClientAuthorities = _ours.Authorities });
        var device = gateway.Add(new TestDevice());
        using var client = new MqttClientFactory().CreateMqttClient();

        var code = await ConnectAsync(client, gateway, device, _ours.Device(commonName, dnsName));

        Assert.Equal(letIn ? MqttClientConnectResultCode.Success : MqttClientConnectResultCode.NotAuthorized, code);
        if (!letIn)
        {
            await gateway.RefusalAsync("another-devices-certificate");
        }
    }

    [Fact]
    public async Task A_certificate_does_not_stand_for_the_password()
    {
        await using var gateway = await TestGateway.StartAsync(tls: new DoorTls { Certificate = _ours.Server(), ClientAuthorities = _ours.Authorities });
        var device = gateway.Add(new TestDevice());
        using var client = new MqttClientFactory().CreateMqttClient();

        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await ConnectAsync(client, gateway, device, _ours.Device(device.Id), "wrong"));
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task A_certificate_is_asked_for_where_it_is_required_and_must_be_signed_by_whom_we_trust(bool required, bool foreign, bool letIn)
    {
        await using var gateway = await TestGateway.StartAsync(
            tls: new DoorTls { Certificate = _ours.Server(), ClientAuthorities = _ours.Authorities, RequireClientCertificate = required });
        var device = gateway.Add(new TestDevice());
        using var client = new MqttClientFactory().CreateMqttClient();
        var connecting = ConnectAsync(client, gateway, device, foreign ? _others.Device(device.Id) : null);

        if (letIn)
        {
            Assert.Equal(MqttClientConnectResultCode.Success, await connecting);
        }
        else
        {
            await Assert.ThrowsAnyAsync<Exception>(() => connecting);
            Assert.Empty(gateway.Register.Asked);
        }
    }

    [Fact]
    public async Task Plain_mqtt_on_the_tls_port_is_not_served()
    {
        await using var gateway = await TestGateway.StartAsync(tls: new DoorTls { Certificate = _ours.Server() });
        using var client = await RawMqtt.OpenAsync(gateway);

        await client.SendAsync(RawMqtt.Packet(0x10, [.. RawMqtt.Text("MQTT"), 4, 2, 0, 60, .. RawMqtt.Text("c")]));

        Assert.NotEqual(RawMqtt.ConnAck, (await client.ReceiveAsync())?.Type ?? 0);
    }

    private async Task<MqttClientConnectResultCode> ConnectAsync(
        IMqttClient client, TestGateway gateway, TestDevice device, X509Certificate2? certificate, string password = TestDevice.Password)
    {
        var result = await client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithTcpServer("localhost", gateway.Port)
                .WithAddressFamily(System.Net.Sockets.AddressFamily.InterNetwork)
                .WithProtocolVersion(MqttProtocolVersion.V500)
                .WithCredentials(device.Id, password)
                .WithTlsOptions(tls =>
                {
                    tls.UseTls().WithTrustChain(_ours.Authorities).WithRevocationMode(X509RevocationMode.NoCheck);
                    if (certificate is not null)
                    {
                        tls.WithClientCertificates([certificate]);
                    }
                })
                .Build(),
            TestContext.Current.CancellationToken);
        return result.ResultCode;
    }
}
