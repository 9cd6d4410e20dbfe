namespace Earmark.DeviceSim.Hardware;

/// <summary>A signed frame as a device made it. Its bytes never change again, however often it is sent.</summary>
/// <param name="MadeAt">World time.</param>
/// <param name="Backlog">Made while the uplink was down; the frame says so itself.</param>
public sealed record MadeFrame(
    SimulatedDevice Device, uint Boot, uint Sequence, DateTimeOffset MadeAt, bool Backlog, byte[] Bytes);
