using Earmark.FirmwareProtocols;
using Earmark.Storage.Book;

namespace Earmark.Host.Running;

/// <summary>The devices an outside broker may let in.</summary>
internal static class BrokerUsers
{
    private const int Page = 1_000;

    /// <summary>In service, with a password, and of a name and kind that can be a topic's: in order of their ids.</summary>
    public static async Task<IReadOnlyList<DeviceRow>> InServiceAsync(IRegister register, CancellationToken cancel)
    {
        List<DeviceRow> devices = [];
        foreach (var institution in await register.InstitutionsAsync(cancel))
        {
            for (var (offset, total) = (0, 1); offset < total; offset += Page)
            {
                var page = await register.DevicesAsync(institution.InstitutionId, null, null, null, offset, Page, cancel);
                devices.AddRange(page.Rows.Where(IsUser));
                total = page.Total;
            }
        }
        return [.. devices.OrderBy(device => device.DeviceId, StringComparer.Ordinal)];
    }

    // An ear tag has no password: its station speaks for it.
    private static bool IsUser(DeviceRow device) =>
        device.InService
        && device.PasswordHash.StartsWith("$7$", StringComparison.Ordinal)
        && DeviceName.TryParse(device.DeviceId, out _)
        && DeviceKinds.TryParse(device.Kind, out _);
}
