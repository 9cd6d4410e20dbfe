namespace Earmark.FirmwareProtocols.Topics;

/// <summary>The last part of a topic.</summary>
public enum TopicDirection
{
    /// <summary><c>up</c>: frames from the device.</summary>
    Up,

    /// <summary><c>down</c>: to the device.</summary>
    Down,

    /// <summary><c>status</c>: <c>online</c> or <c>offline</c>, the latter as the last will.</summary>
    Status,
}
