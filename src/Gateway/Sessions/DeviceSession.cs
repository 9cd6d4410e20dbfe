using Earmark.Gateway.Directory;

namespace Earmark.Gateway.Sessions;

/// <summary>An authenticated device on one connection of any front door.</summary>
public sealed class DeviceSession(KnownDevice device, string? remoteAddress, TimeSpan hold)
{
    private static readonly TimeSpan BacklogMemory = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private long? _backlogAt;

    /// <summary>As the register last described it; replaced when that changed.</summary>
    public KnownDevice Device { get; set; } = device;

    public string? RemoteAddress { get; } = remoteAddress;

    /// <summary>How long a frame of this session may wait for its site: less than half its keep-alive.</summary>
    public TimeSpan Hold { get; } = hold;

    /// <summary>
    /// Notes a good frame. Gives true when the session started to send what it kept (<paramref name="buffering"/>) or stopped to: stations
    /// send live frames before backlog, so it has stopped only when nothing old came for a while.
    /// </summary>
    public bool Heard(bool backlog, TimeProvider time, out bool buffering)
    {
        lock (_turn)
        {
            var was = _backlogAt is not null;
            if (backlog)
            {
                _backlogAt = time.GetTimestamp();
            }
            else if (_backlogAt is { } at && time.GetElapsedTime(at) > BacklogMemory)
            {
                _backlogAt = null;
            }
            buffering = _backlogAt is not null;
            return was != buffering;
        }
    }
}
