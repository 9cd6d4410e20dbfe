namespace Earmark.Host.Commands;

/// <summary>
/// The name by which a broker knows this gateway's session. Made once and kept in the data folder: under another name it would not get back
/// what it has not acknowledged.
/// </summary>
internal static class BrokerClientId
{
    public static string Of(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "broker-client-id");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(dataFolder);
            File.WriteAllText(path, $"earmark-gateway-{Guid.NewGuid():N}");
        }
        return File.ReadAllText(path).Trim();
    }
}
