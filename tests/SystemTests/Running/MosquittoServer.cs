using System.Globalization;
using System.Net.Sockets;

namespace Earmark.SystemTests.Running;

/// <summary>
/// A Mosquitto of its own in a temporary folder, on a free loopback port. Its passwords and ACL are those of the folder, as
/// <c>earmark broker-config</c> or the test writes them; its settings are the ones Earmark writes, on another port.
/// </summary>
internal sealed class MosquittoServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private Child? broker;

    public int Port { get; } = Ports.Free();

    public string Folder { get; } = Directory.CreateTempSubdirectory("earmark-mosquitto-").FullName;

    /// <summary>File with the password of the gateways' user.</summary>
    public string GatewaySecret => Path.Combine(Folder, "gateway-password");

    public string Output => broker?.Output ?? "";

    /// <summary>Lines put before the settings in the folder.</summary>
    public string ExtraSettings { get; set; } = "";

    public async Task StartAsync()
    {
        var settings = File.ReadAllText(Path.Combine(Folder, "mosquitto.conf"));
        Assert.Contains("listener 1883 127.0.0.1", settings, StringComparison.Ordinal);
        var used = Path.Combine(Folder, "used.conf");
        // As root it would give up root's rights and could not read its own files.
        await File.WriteAllTextAsync(used, "user root\n" + settings.Replace(
            "listener 1883 127.0.0.1", $"listener {Port.ToString(CultureInfo.InvariantCulture)} 127.0.0.1\n{ExtraSettings}", StringComparison.Ordinal));
        broker = Child.Start(File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto", ["-c", used]);
        using var late = new CancellationTokenSource(StartLimit);
        while (!await IsOpenAsync())
        {
            Assert.False(broker.HasExited || late.IsCancellationRequested, $"Mosquitto did not start (./test.sh installs it).\n{broker.Output}");
            await Task.Delay(20);
        }
    }

    /// <summary>Ends it in order: it writes down what it keeps.</summary>
    public async Task StopAsync()
    {
        await broker!.InterruptAsync(StartLimit);
        await broker.DisposeAsync();
        broker = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (broker is not null)
        {
            await broker.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task<bool> IsOpenAsync()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
