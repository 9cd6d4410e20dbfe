namespace Earmark.Bench.Load;

/// <summary>What the load generator is to send.</summary>
/// <param name="InFlight">Frames a connection sends without waiting for their acknowledgements.</param>
internal sealed record LoadPlan(int MqttPort, int FramesPerConnection, LoadDevice[] Devices, int InFlight = 1);

/// <param name="FirstTag">Number of the first ear tag a base station hears.</param>
/// <param name="Tags">How many tags, from the first; 0 for a GPS node.</param>
/// <param name="FrameTags">Tags in one frame; a station with more goes through them frame by frame.</param>
internal sealed record LoadDevice(
    string DeviceId, string Kind, string Password, int KeyId, string FrameKeyHex, ulong FirstTag = 0, int Tags = 0, int FrameTags = Sizes.TagsPerFrame);

/// <param name="Acknowledged">Success and duplicates.</param>
/// <param name="Skipped">Paced sends that found their connection still waiting.</param>
/// <param name="Exhausted">Connections that have sent all their frames.</param>
/// <param name="P50Milliseconds">Send to PUBACK since the last count.</param>
internal sealed record LoadCount(
    long Acknowledged, long Refused, long Skipped, int Exhausted, int Broken, double P50Milliseconds, double P99Milliseconds);
