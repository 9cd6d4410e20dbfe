using System.Text.Json;
using Earmark.Contracts.Time;

namespace Earmark.Host.Running;

/// <summary>
/// The domain's clock as a data folder keeps it, owned by <c>earmark run</c>. Scaled and stepped time stands still while
/// the process is down and never runs backwards, so a folder always continues where it was.
/// </summary>
public sealed class FolderClock : DomainClock, IDisposable
{
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(1);
    private readonly string path;
    private readonly TimeProvider real;
    private readonly Lock gate = new();
    private readonly ITimer? keeper;
    private ClockFile file;
    private DateTimeOffset startedAt;
    private double pace = 1;

    private FolderClock(string path, ClockFile file, TimeProvider real)
    {
        this.path = path;
        this.file = file;
        this.real = real;
        startedAt = real.GetUtcNow();
        Keep();
        keeper = file.Mode == ClockMode.Scaled ? real.CreateTimer(_ => Keep(), null, KeepEvery, KeepEvery) : null;
    }

    public override ClockMode Mode => file.Mode;

    public override double Factor => file.Factor;

    /// <summary>
    /// Opens the folder's clock. A folder whose time ran ahead of real time can't go back to real mode: it goes on scaled
    /// with factor 1.
    /// </summary>
    public static FolderClock Open(string dataFolder, ClockMode? mode, double? speed, TimeProvider real)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, "clock.json");
        var kept = File.Exists(path) ? Read(path) : null;
        var now = real.GetUtcNow();
        var wanted = mode ?? (speed is not null and not 1 ? ClockMode.Scaled : kept?.Mode ?? ClockMode.Real);
        var at = kept is null || kept.Mode == ClockMode.Real ? now : kept.Now;
        if (wanted == ClockMode.Real && at > now)
        {
            wanted = ClockMode.Scaled;
        }

        var factor = wanted switch
        {
            ClockMode.Real => 1,
            ClockMode.Stepped => 0,
            _ => speed ?? (kept is { Mode: ClockMode.Scaled } ? kept.Factor : 1),
        };
        return new FolderClock(path, new ClockFile(wanted, factor, wanted == ClockMode.Real ? now : at), real);
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return file.Mode switch
            {
                ClockMode.Real => real.GetUtcNow(),
                ClockMode.Stepped => file.Now,
                _ => file.Now + ((real.GetUtcNow() - startedAt) * pace),
            };
        }
    }

    /// <summary>
    /// Lets scaled time run at its factor. Until then it goes like real time, so that what a start has to do does not take
    /// hours of the domain.
    /// </summary>
    public void Release()
    {
        lock (gate)
        {
            Rebase();
            pace = file.Factor;
        }
    }

    public override DateTimeOffset Advance(TimeSpan step)
    {
        lock (gate)
        {
            if (file.Mode != ClockMode.Stepped)
            {
                throw new InvalidOperationException($"The clock is {file.Mode}; only a stepped clock is moved by hand.");
            }

            file = file with { Now = file.Now + step };
            Write();
            return file.Now;
        }
    }

    public void Dispose()
    {
        keeper?.Dispose();
        Keep();
    }

    private static ClockFile? Read(string path) =>
        JsonSerializer.Deserialize<ClockFile>(File.ReadAllText(path), JsonSerializerOptions.Web);

    private void Keep()
    {
        lock (gate)
        {
            if (file.Mode == ClockMode.Scaled)
            {
                Rebase();
            }

            Write();
        }
    }

    private void Rebase()
    {
        file = file with { Now = GetUtcNow() };
        startedAt = real.GetUtcNow();
    }

    private void Write()
    {
        var fresh = path + ".new";
        File.WriteAllText(fresh, JsonSerializer.Serialize(file, JsonSerializerOptions.Web));
        File.Move(fresh, path, overwrite: true);
    }

    private sealed record ClockFile(ClockMode Mode, double Factor, DateTimeOffset Now);
}
