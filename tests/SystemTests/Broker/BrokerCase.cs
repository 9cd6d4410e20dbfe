using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Gateway.Broker;
using Earmark.SystemTests.Running;
using Earmark.Tests.Gateway.Doubles;
using Credentials = Earmark.SystemTests.Running.DeviceCredentials;

namespace Earmark.SystemTests.Broker;

/// <summary>A private Mosquitto whose users and ACL Earmark's own writer made, with stations of the test's own.</summary>
internal sealed class BrokerCase : IAsyncDisposable
{
    public const string GatewayUser = "earmark-gateway";
    private readonly string outboxes = Directory.CreateTempSubdirectory("earmark-outbox-").FullName;
    private string password = "";

    public MosquittoServer Mosquitto { get; } = new();

    public BrokerBank Bank { get; init; } = new();

    public Dictionary<string, Credentials> Stations { get; } = [];

    /// <summary>Starts the broker for stations given as (id, site).</summary>
    public async Task StartAsync(params (string Id, string Site)[] stations)
    {
        foreach (var (id, site) in stations)
        {
            Credentials made = new(id, "base-station", site, id, DevicePassword.Make(), 1, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(FrameKey.Length)));
            Stations[id] = made;
            Bank.Register.Devices[id] = new Contracts.Devices.DeviceCredentials(
                id, made.Kind, site, SiteKind.Ranch, DevicePassword.Hash(made.Password), [new FrameKeyRow(1, Convert.FromHexString(made.FrameKeyHex))], true, false);
        }
        password = Host.Running.MosquittoFiles.GatewayPassword(Mosquitto.GatewaySecret);
        Host.Running.MosquittoFiles.Write(
            Mosquitto.Folder,
            [.. Stations.Values.Select(station => (station.DeviceId, station.Kind, Bank.Register.Devices[station.DeviceId].PasswordHash))],
            GatewayUser,
            password);
        await Mosquitto.StartAsync();
    }

    public BrokerOptions Options(string name) => new()
    {
        Address = new Uri($"mqtt://127.0.0.1:{Mosquitto.Port}"),
        ClientId = name,
        User = GatewayUser,
        Password = password,
        OutboxFolder = Outbox(name),
        OutboxAfter = TimeSpan.FromMilliseconds(400),
        DrainPause = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>The broker speaks TLS only from here on, and lets in only who shows a certificate of the authority's.</summary>
    public void RequireTls(TestCertificates certificates)
    {
        var server = certificates.Server();
        foreach (var (name, pem) in new[]
        {
            ("ca.pem", certificates.Authority.ExportCertificatePem()), ("server.pem", server.ExportCertificatePem()),
            ("server.key", server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
        })
        {
            File.WriteAllText(Path.Combine(Mosquitto.Folder, name), pem);
        }
        Mosquitto.ExtraSettings =
            $"cafile {Mosquitto.Folder}/ca.pem\ncertfile {Mosquitto.Folder}/server.pem\nkeyfile {Mosquitto.Folder}/server.key\nrequire_certificate true";
    }

    public string Outbox(string name) => Path.Combine(outboxes, name);

    public async Task<Device> ConnectAsync(string station)
    {
        Device device = new(Stations[station], Mosquitto.Port);
        await device.ConnectAsync();
        return device;
    }

    public async ValueTask DisposeAsync()
    {
        await Mosquitto.DisposeAsync();
        Directory.Delete(outboxes, recursive: true);
    }
}
