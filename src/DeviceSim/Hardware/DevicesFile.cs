using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.DeviceSim.Hardware;

/// <summary>
/// The devices file: a JSON array of <c>{deviceId, kind, site, userName, password, keyId, frameKeyHex}</c>, as onboarding writes it.
/// Ear tags in it are the animals' tags; they do not connect, so their secrets may be missing.
/// </summary>
public static class DevicesFile
{
    public const int MaxBytes = 256 * 1024 * 1024;
    public const int MaxDevices = 1_000_000;

    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web);

    /// <param name="error">What is wrong and with which item, counted from 0; never contains a secret.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out IReadOnlyList<SimulatedDevice>? devices, out string error)
    {
        devices = null;
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > MaxBytes)
        {
            error = file.Exists ? $"{path}: larger than {MaxBytes} bytes." : $"{path}: no such file.";
            return false;
        }

        return TryParse(File.ReadAllBytes(path), out devices, out error);
    }

    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out IReadOnlyList<SimulatedDevice>? devices, out string error)
    {
        devices = null;
        Entry?[]? entries;
        try
        {
            entries = JsonSerializer.Deserialize<Entry?[]>(json, Shape);
        }
        catch (JsonException e)
        {
            error = $"line {e.LineNumber + 1}: {e.Message}";
            return false;
        }

        if (entries is null || entries.Length > MaxDevices)
        {
            error = $"Expected an array of at most {MaxDevices} devices.";
            return false;
        }

        var read = new List<SimulatedDevice>(entries.Length);
        var seen = new HashSet<DeviceName>();
        for (int i = 0; i < entries.Length; i++)
        {
            string? wrong = Check(entries[i], out SimulatedDevice? device);
            if (wrong is null && !seen.Add(device!.Name))
            {
                wrong = $"deviceId: {device.DeviceId} is there twice";
            }

            if (wrong is not null)
            {
                error = $"item {i}, {wrong}.";
                return false;
            }

            read.Add(device!);
        }

        devices = read;
        error = "";
        return true;
    }

    private static string? Check(Entry? entry, out SimulatedDevice? device)
    {
        device = null;
        if (entry is null || !DeviceName.TryParse(entry.DeviceId, out DeviceName name))
        {
            return "deviceId: missing or not a device id";
        }

        if (!DeviceKinds.TryParse(entry.Kind, out DeviceKind kind) || !DeviceKinds.Accepts(kind, name))
        {
            return $"kind: '{entry.Kind}' is not a kind this device id can have";
        }

        if (string.IsNullOrWhiteSpace(entry.Site))
        {
            return "site: missing";
        }

        bool silent = kind == DeviceKind.EarTag;
        byte[] key = new byte[FrameKey.Length];
        if (!silent && (entry.FrameKeyHex?.Length != 2 * FrameKey.Length
            || Convert.FromHexString(entry.FrameKeyHex, key, out _, out _) != System.Buffers.OperationStatus.Done))
        {
            return $"frameKeyHex: not {2 * FrameKey.Length} hexadecimal digits";
        }

        if (!silent && (string.IsNullOrEmpty(entry.UserName) || string.IsNullOrEmpty(entry.Password)))
        {
            return "userName, password: missing";
        }

        device = new SimulatedDevice(name, kind, entry.Site, entry.UserName ?? "", entry.Password ?? "", entry.KeyId, key);
        return null;
    }

    private sealed record Entry(
        string? DeviceId, string? Kind, string? Site, string? UserName, string? Password, byte KeyId, string? FrameKeyHex);
}
