using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Link;
using Earmark.DeviceSim.Scripts;
using Earmark.DeviceSim.State;
using Earmark.DeviceSim.Time;
using Earmark.DeviceSim.Truth;
using Earmark.FirmwareProtocols;

namespace Earmark.DeviceSim;

/// <summary>
/// A simulated world at work: it follows a clock, or drives it, and its devices are connected. Open it, run it until stopped, dispose it.
/// What it owes is in its state folder; killing it at any moment loses no frame that was made.
/// </summary>
public sealed class Simulation : IAsyncDisposable
{
    /// <summary>Time is taken at most so far at once, so that frames leave while a long gap is still being caught up.</summary>
    private static readonly TimeSpan LongestStride = TimeSpan.FromSeconds(ClockSteps.MaxSeconds);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly StateFolder _folder;
    private readonly Outbox _outbox;
    private readonly FrameDesk _desk;
    private readonly TruthFile? _truth;
    private readonly CancellationTokenSource _stopLinks = new();
    private readonly Task _links;

    private Simulation(SimulationOptions options, StateFolder folder, Outbox outbox, FrameDesk desk, TruthFile? truth, SimulatedSites sites)
    {
        Options = options;
        _folder = folder;
        _outbox = outbox;
        _desk = desk;
        _truth = truth;
        Sites = sites;
        _links = Task.WhenAll(desk.Links.Select(link => Task.Run(() => link.RunAsync(_stopLinks.Token))));
    }

    public SimulationOptions Options { get; }

    /// <summary>The world itself, for whoever may know the truth (demo data at first start, tests). Read it only while time stands.</summary>
    public SimulatedSites Sites { get; }

    public LinkCounters Counters => _desk.Counters;

    public IReadOnlyCollection<DeviceLink> Links => _desk.Links;

    /// <summary>
    /// Takes up the state folder (or begins one), brings the world to the clock's time without reporting what it missed, and connects the devices.
    /// </summary>
    /// <returns>The simulation, or in words what does not fit together.</returns>
    /// <exception cref="IOException">The folder is in use or cannot be written.</exception>
    /// <exception cref="HttpRequestException">The clock cannot be reached.</exception>
    public static async Task<(Simulation? Simulation, string Error)> OpenAsync(SimulationOptions options, CancellationToken stop)
    {
        DateTimeOffset now = (await options.Clock.ReadAsync(stop)).Now;
        await using var opened = new OpenedParts(new StateFolder(options.StateFolder));
        StateFolder folder = opened.Folder;
        (WorldRecord? world, string error) = SimulationStart.Choose(options, folder, now);
        if (world is null)
        {
            return (null, error);
        }

        Outbox outbox = opened.Outbox = new Outbox(folder.FolderPath, options.Limits);
        var boots = new BootCounters(folder.At("boots.json"), BootCounters.FirstFor(world.StartedAt));
        var endpoint = new MqttEndpoint(options.MqttHost, options.MqttPort, options.Limits);
        var desk = new FrameDesk(options.Devices, outbox, boots, endpoint, world.Seed);
        TruthFile? truth = opened.Truth = options.TruthFile is null ? null : new TruthFile(options.TruthFile);
        SimulatedSites? sites = SimulationStart.Build(options, folder, world, now, (ITruthLog?)truth ?? NoTruthLog.Instance, desk, out error);
        if (sites is null)
        {
            return (null, error);
        }

        sites.AdvanceTo(now);
        sites.Begin();
        folder.WriteNow(now);
        truth?.Flush();
        await desk.HandOverAsync();
        opened.Keep();
        return (new Simulation(options, folder, outbox, desk, truth, sites), "");
    }

    /// <summary>Follows or drives the clock until stopped or <see cref="SimulationOptions.RunFor"/> has passed.</summary>
    public Task RunAsync(CancellationToken stop) => new SimulationLoop(this).RunAsync(stop);

    /// <summary>Brings the world to <paramref name="now"/> and hands its frames to the links; an earlier time does nothing.</summary>
    public async Task AdvanceAsync(DateTimeOffset now, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            while (Sites.Now < now)
            {
                DateTimeOffset next = Sites.Now + LongestStride < now ? Sites.Now + LongestStride : now;
                Sites.AdvanceTo(next);
                await _desk.HandOverAsync();
                _folder.WriteNow(next);
            }

            _truth?.Flush();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends when each frame made so far is acknowledged, refused or dropped, those of devices without uplink apart.</summary>
    public Task SettledAsync(CancellationToken stop) => _desk.SettledAsync(stop);

    /// <summary>Ends when every device that has an uplink is connected.</summary>
    public async Task OnlineAsync(CancellationToken stop)
    {
        while (_desk.Links.Any(link => !link.IsOnline && link.Queue.Uplink != Uplink.Cut))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), stop);
        }
    }

    /// <summary>Plays a script from now on; it is kept in the folder like one given at the start.</summary>
    /// <returns>What the script names that does not exist; empty when it plays.</returns>
    public async Task<string> PlayAsync(Scenario script, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            if (Sites.Check(script) is { } wrong)
            {
                return wrong;
            }

            _folder.KeepScript(script, Sites.Now);
            Sites.Play(script.Acts, Sites.Now);
            return "";
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopLinks.CancelAsync();
        await _links;
        await _outbox.DisposeAsync();
        _truth?.Dispose();
        Sites.Dispose();
        _folder.Dispose();
        _stopLinks.Dispose();
        _turn.Dispose();
    }

    /// <summary>What is open while opening, closed again unless all of it came to be.</summary>
    private sealed class OpenedParts(StateFolder folder) : IAsyncDisposable
    {
        private bool _kept;

        public StateFolder Folder { get; } = folder;

        public Outbox? Outbox { get; set; }

        public TruthFile? Truth { get; set; }

        public void Keep() => _kept = true;

        public async ValueTask DisposeAsync()
        {
            if (!_kept)
            {
                Truth?.Dispose();
                await (Outbox?.DisposeAsync() ?? ValueTask.CompletedTask);
                Folder.Dispose();
            }
        }
    }
}
