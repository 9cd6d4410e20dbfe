using System.Text.Json;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Devices;

/// <summary>A device nobody here wrote: onboarded on the command line, its frame made by <c>earmark encode</c>, sent by mosquitto_pub.</summary>
public sealed class A_foreign_client
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Is_accepted_and_shown()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", "20");
        var file = Path.Combine(earmark.DataFolder, "new-device.json");
        await Run("dotnet", Checkout.Program, "device", "add", "--kind", "base-station", "--site", "demo-ranch", "--id", "bs-foreign", "--zone", "pen-1",
            "--simulated", "--url", earmark.Address.ToString(), "--data", earmark.DataFolder, "--out", file);
        var device = JsonSerializer.Deserialize<DeviceCredentials>(await File.ReadAllTextAsync(file), JsonSerializerOptions.Web)!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        var now = (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
        var fields = Herd.Round(1, Enumerable.Range(1, 20), []).TrimStart('{');
        var line = $$"""{"ok":true,"protocol":"native","message":"base-station","fields":{"deviceId":"bs-foreign","boot":1,"sequence":1,"time":"{{now.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}}",{{fields}}}""";
        var frame = Path.Combine(earmark.DataFolder, "frame.bin");
        await Run("dotnet", Checkout.Program, "encode", line, "--key", device.FrameKeyHex, "--key-id", $"{device.KeyId}", "--out", frame);

        await Run("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{earmark.MqttPort}", "-u", device.UserName, "-P", device.Password,
            "-t", "earmark/v1/base-station/bs-foreign/up", "-q", "1", "-f", frame);

        var shown = await earmark.GetAsync("api/v1/devices/bs-foreign", "admin");
        var newest = shown["frames"]!.AsArray()[0]!;
        Assert.Equal(Convert.ToHexStringLower(await File.ReadAllBytesAsync(frame)), newest["hex"]!.GetValue<string>());
        Assert.Equal("verified", newest["trust"]!.GetValue<string>());
        Assert.Equal(20, newest["decoded"]!["fields"]!["observations"]!.AsArray().Count);
    }

    private static async Task Run(string program, params string[] arguments)
    {
        await using var child = Child.Start(program, arguments);
        var code = await child.WaitAsync(Limit);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments.Take(3))} ended with {code}: {child.Output}");
    }
}
