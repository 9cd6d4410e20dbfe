namespace Earmark.FirmwareProtocols.Envelope;

/// <summary>What the device says about the frame as a whole; bits 3–7 are reserved and must be zero.</summary>
[Flags]
public enum FrameFlags : byte
{
    None = 0,

    /// <summary>Kept while the uplink was down and sent later.</summary>
    Backlog = 1,

    /// <summary>The device's clock was not set since power-up: its time orders its own frames, nothing more.</summary>
    ClockUnsynchronised = 2,

    /// <summary>The housing was opened or the device removed.</summary>
    Tamper = 4,
}
