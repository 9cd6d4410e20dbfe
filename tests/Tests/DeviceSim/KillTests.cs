using System.Diagnostics;
using System.Text.Json;
using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Link;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Tests.Storage;
using Xunit;

namespace Earmark.Tests.DeviceSim;

/// <summary>The real program, killed for real.</summary>
public sealed class KillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _started = [];

    [Fact]
    public async Task Killed_again_and_again_no_frame_is_lost_or_changed_and_the_log_says_what_was_acknowledged()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using TestBroker broker = await TestBroker.StartAsync();
        await using SteppedClockServer clock = await SteppedClockServer.StartAsync();
        IReadOnlyList<SimulatedDevice> devices = Demo.Ranch(300, stations: 3, feeders: 1);
        string[] args =
        [
            "--mqtt", $"127.0.0.1:{broker.Port}", "--devices", WriteDevices(devices), "--clock", clock.Address.ToString(),
            "--state", In("sim"), "--seed", "7", "--drive",
        ];

        var moments = new Random(20261122);
        for (int kill = 0; kill < 5; kill++)
        {
            int before = broker.Frames.Count;
            Process running = Start(args);
            await TestBroker.Until(() => broker.Frames.Count > before + 20);
            await Task.Delay(moments.Next(0, 250), stop);
            running.Kill();
            await running.WaitForExitAsync(stop);
        }

        Process last = Start([.. args, "--for", "PT10M"]);
        await last.WaitForExitAsync(stop).WaitAsync(TimeSpan.FromSeconds(60), stop);
        Assert.Equal(0, last.ExitCode);

        await AssertNothingLostAsync(broker);
        Assert.True(clock.Steps > 50, $"{clock.Steps} steps");
    }

    [Fact]
    public async Task The_program_says_in_words_and_exit_codes_what_is_wrong_with_its_arguments()
    {
        await using SteppedClockServer clock = await SteppedClockServer.StartAsync();
        clock.Mode = "real";
        string devices = WriteDevices(Demo.Ranch(5, stations: 1, feeders: 0));
        Assert.Equal((2, "--mqtt here: must be HOST:PORT."), await SayAsync("--mqtt", "here"));
        Assert.Equal((2, "--speed 3: not an option."), await SayAsync("--speed", "3"));
        Assert.Equal((2, "--drive: needs --clock."), await SayAsync("--drive"));
        Assert.Equal((2, $"{In("none.json")}: no such file."), await SayAsync("--devices", In("none.json")));
        (int code, string error) = await SayAsync("--devices", devices, "--script", "no-such-story");
        Assert.Equal(2, code);
        Assert.Contains("no scenario 'no-such-story'; there are", error, StringComparison.Ordinal);
        await using TestBroker broker = await TestBroker.StartAsync();
        (code, error) = await SayAsync(
            "--devices", devices, "--state", In("sim"), "--mqtt", $"127.0.0.1:{broker.Port}", "--clock", clock.Address.ToString(), "--drive");
        Assert.Equal(1, code);
        Assert.Contains("Only a stepped clock can be driven", error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        foreach (Process process in _started)
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            process.Dispose();
        }

        _folder.Dispose();
    }

    private async Task AssertNothingLostAsync(TestBroker broker)
    {
        var received = broker.Frames.GroupBy(frame => (frame.Device, Header(frame.Bytes).Identity)).ToList();
        // The same identity always came with the same bytes.
        Assert.All(received, same => Assert.Single(same.Select(frame => Convert.ToHexString(frame.Bytes)).Distinct()));
        // Numbers without a gap: what a device made, arrived.
        foreach (var boot in received.GroupBy(frame => (frame.Key.Device, frame.Key.Identity.Boot)))
        {
            List<uint> sequences = [.. boot.Select(frame => frame.Key.Identity.Sequence).Order()];
            Assert.Equal(Enumerable.Range(1, sequences.Count).Select(i => (uint)i), sequences);
        }

        HashSet<string> logged = [.. SyncedLog.ReadLines(In("sim/" + Outbox.AcknowledgedLog))];
        HashSet<string> acknowledged = [.. broker.Frames.Select(frame =>
        {
            FrameIdentity identity = Header(frame.Bytes).Identity;
            return $"{frame.Device} {identity.Boot} {identity.Sequence} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(frame.Bytes))}";
        })];
        Assert.Equal(acknowledged.Order(), logged.Order());
        await using var outbox = new Outbox(In("sim"), LinkLimits.Default);
        Assert.Empty(outbox.Leftovers);
    }

    private Process Start(string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Earmark.DeviceSim");
        var process = Process.Start(new ProcessStartInfo(program, args)
        {
            RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder.Path,
        })!;
        _started.Add(process);
        return process;
    }

    private async Task<(int Code, string FirstLine)> SayAsync(params string[] args)
    {
        Process process = Start(args);
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, errors.Split('\n')[0]);
    }

    private string WriteDevices(IReadOnlyList<SimulatedDevice> devices)
    {
        string path = In("devices.json");
        File.WriteAllText(path, JsonSerializer.Serialize(devices.Select(device => new
        {
            deviceId = device.DeviceId, kind = DeviceKinds.Name(device.Kind), site = device.Site, userName = device.UserName,
            password = device.Password, keyId = device.KeyId, frameKeyHex = Convert.ToHexStringLower(device.FrameKey),
        })));
        return path;
    }

    private string In(string file) => Path.Combine(_folder.Path, file);

    private static EnvelopeHeader Header(byte[] bytes)
    {
        Assert.True(EnvelopeCodec.TryRead(bytes, out EnvelopeHeader header, out _));
        return header;
    }
}
