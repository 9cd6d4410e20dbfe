using System.Text;

namespace Earmark.FirmwareProtocols.Topics;

/// <summary>MQTT topics of the native protocol: <c>earmark/v1/{kind}/{device}/{up|down|status}</c>, nothing before, between or after.</summary>
public static class DeviceTopic
{
    public const string Prefix = "earmark/v1/";

    /// <summary>No longer topic can be one of ours.</summary>
    public const int MaxLength = 50;

    public static string Up(DeviceKind kind, DeviceName device) => Build(kind, device, TopicDirection.Up);
    public static string Down(DeviceKind kind, DeviceName device) => Build(kind, device, TopicDirection.Down);
    public static string Status(DeviceKind kind, DeviceName device) => Build(kind, device, TopicDirection.Status);

    public static string Build(DeviceKind kind, DeviceName device, TopicDirection direction) =>
        $"{Prefix}{DeviceKinds.Name(kind)}/{device}/{Name(direction)}";

    /// <summary>Allocates nothing; false for anything that is not exactly a device's topic (an ear tag's device is its tag number).</summary>
    public static bool TryParse(ReadOnlySpan<char> topic, out DeviceKind kind, out DeviceName device, out TopicDirection direction)
    {
        kind = default;
        device = default;
        direction = default;
        if (topic.Length > MaxLength || !topic.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }
        ReadOnlySpan<char> rest = topic[Prefix.Length..];
        int kindEnd = rest.IndexOf('/');
        int deviceEnd = rest.LastIndexOf('/');
        return kindEnd > 0
            && deviceEnd > kindEnd
            && DeviceKinds.TryParse(rest[..kindEnd], out kind)
            && DeviceName.TryParse(rest[(kindEnd + 1)..deviceEnd], out device)
            && DeviceKinds.Accepts(kind, device)
            && TryParse(rest[(deviceEnd + 1)..], out direction);
    }

    /// <summary>The same from UTF-8 bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> topic, out DeviceKind kind, out DeviceName device, out TopicDirection direction)
    {
        Span<char> text = stackalloc char[MaxLength];
        kind = default;
        device = default;
        direction = default;
        return topic.Length <= MaxLength
            && Ascii.ToUtf16(topic, text, out int length) == System.Buffers.OperationStatus.Done
            && TryParse(text[..length], out kind, out device, out direction);
    }

    private static string Name(TopicDirection direction) => direction switch
    {
        TopicDirection.Up => "up",
        TopicDirection.Down => "down",
        _ => "status",
    };

    private static bool TryParse(ReadOnlySpan<char> name, out TopicDirection direction)
    {
        direction = name switch { "up" => TopicDirection.Up, "down" => TopicDirection.Down, _ => TopicDirection.Status };
        return name.SequenceEqual(Name(direction));
    }
}
