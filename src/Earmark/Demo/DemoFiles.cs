using System.Text.Json;
using Earmark.Contracts.Devices;
using Earmark.Host.Commands;

namespace Earmark.Host.Demo;

/// <summary>
/// The files a demo leaves in its data folder. Credentials are appended as they are made, so that a start killed half way
/// through the seeding does not lose what is shown only once.
/// </summary>
internal sealed class DemoFiles(string folder)
{
    public const string Keys = "demo-keys.json";
    public const string Devices = "demo-devices.json";
    public const string Done = "demo.json";
    private const string Partial = "demo-devices.partial";
    private static readonly JsonSerializerOptions Pretty = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public bool IsSeeded => File.Exists(In(Done));

    public string DevicesPath => In(Devices);

    public Dictionary<string, DeviceFileEntry> Enrolled() =>
        File.Exists(In(Partial))
            ? File.ReadLines(In(Partial)).Select(Parse).OfType<DeviceFileEntry>().ToDictionary(entry => entry.DeviceId)
            : [];

    public void Remember(DeviceFileEntry entry) =>
        SecretFile.AppendLine(In(Partial), JsonSerializer.Serialize(entry, JsonSerializerOptions.Web));

    public void WriteKeys(IReadOnlyDictionary<string, string> keys) =>
        SecretFile.Write(In(Keys), JsonSerializer.Serialize(keys, Pretty));

    public void WriteDevices(IReadOnlyList<DeviceFileEntry> devices) =>
        SecretFile.Write(DevicesPath, JsonSerializer.Serialize(devices, Pretty));

    public void Finish(DemoState state)
    {
        File.WriteAllText(In(Done), JsonSerializer.Serialize(new { users = state.UserNames }, Pretty));
        File.Delete(In(Partial));
    }

    public IReadOnlyList<string> KnownUsers()
    {
        using var done = JsonDocument.Parse(File.ReadAllText(In(Done)));
        return [.. done.RootElement.GetProperty("users").EnumerateArray().Select(user => user.GetString()!)];
    }

    /// <summary>Null for the line a kill cut off; its device is enrolled again.</summary>
    private static DeviceFileEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<DeviceFileEntry>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string In(string name) => Path.Combine(folder, name);
}
