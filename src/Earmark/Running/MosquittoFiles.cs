using System.Text;
using Earmark.Contracts.Devices;
using Earmark.FirmwareProtocols.Topics;
using Earmark.Host.Commands;

namespace Earmark.Host.Running;

/// <summary>
/// What Mosquitto 2 reads: <c>passwords</c> (the hashes the register keeps are in its own form), <c>acl</c> (each device its own topics, the
/// gateways all), and <c>mosquitto.conf</c> with what the promise rests on. The first two may be written again at any time.
/// </summary>
public static class MosquittoFiles
{
    public static string GatewayPassword(string file)
    {
        if (!File.Exists(file))
        {
            SecretFile.Write(file, DevicePassword.Make());
        }
        return File.ReadAllText(file).Trim();
    }

    public static void Write(string folder, IReadOnlyList<(string DeviceId, string Kind, string PasswordHash)> devices, string gatewayUser, string gatewayPassword)
    {
        Replace(folder, "passwords", Passwords(devices, gatewayUser, gatewayPassword));
        Replace(folder, "acl", Acl(devices, gatewayUser));
        var settings = Path.Combine(folder, "mosquitto.conf");
        if (!File.Exists(settings))
        {
            SecretFile.Write(settings, Settings(folder));
        }
    }

    private static string Passwords(IReadOnlyList<(string DeviceId, string Kind, string PasswordHash)> devices, string gatewayUser, string gatewayPassword)
    {
        StringBuilder text = new();
        text.Append(gatewayUser).Append(':').Append(DevicePassword.Hash(gatewayPassword)).Append('\n');
        foreach (var device in devices)
        {
            text.Append(device.DeviceId).Append(':').Append(device.PasswordHash).Append('\n');
        }
        return text.ToString();
    }

    private static string Acl(IReadOnlyList<(string DeviceId, string Kind, string PasswordHash)> devices, string gatewayUser)
    {
        StringBuilder text = new();
        text.Append($"user {gatewayUser}\ntopic read {DeviceTopic.Prefix}+/+/up\ntopic read {DeviceTopic.Prefix}+/+/status\ntopic write {DeviceTopic.Prefix}+/+/down\n");
        foreach (var device in devices)
        {
            var own = $"{DeviceTopic.Prefix}{device.Kind}/{device.DeviceId}";
            text.Append($"\nuser {device.DeviceId}\ntopic write {own}/up\ntopic write {own}/status\ntopic read {own}/down\n");
        }
        return text.ToString();
    }

    private static string Settings(string folder) => $"""
        # Written once by `earmark broker-config`; yours from then on.
        listener 1883 127.0.0.1
        # For devices of other machines:
        # listener 8883
        # cafile …
        # certfile …
        # keyfile …
        allow_anonymous false
        password_file {folder}/passwords
        acl_file {folder}/acl

        # Mosquitto acknowledges a device when it has the message itself. Until a gateway has it, this file is all that keeps it over a crash:
        # what came within autosave_interval seconds before kill -9 or a power cut is lost to us, though the device was told it was safe.
        # Where that is too much, let devices use Earmark's own MQTT port: it acknowledges only what is in the journal.
        persistence true
        persistence_location {folder}/
        autosave_interval 5

        # Messages wait here while a gateway is away. Mosquitto's own limits would drop them silently.
        max_queued_messages 0
        max_queued_bytes 0
        max_inflight_messages 0
        max_packet_size 16384
        """;

    // As a whole or not at all: Mosquitto may read it at any moment.
    private static void Replace(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        SecretFile.Write(path + ".new", text.TrimEnd('\n'));
        File.Move(path + ".new", path, overwrite: true);
    }
}
