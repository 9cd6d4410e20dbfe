using System.Net;
using System.Net.Sockets;
using Earmark.Gateway.Directory;

namespace Earmark.Gateway.Mqtt;

/// <summary>Failed logins by remote address in the running minute; remembers a bounded number of addresses.</summary>
internal sealed class FailedLogins(GatewayOptions options)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly BoundedMemory<IPAddress, Tally> _byAddress = new(options.Limits.AddressesRemembered);

    private sealed record Tally(long Since, int Count);

    public bool IsOver(EndPoint? remote) =>
        Of(remote) is { } tally && options.Time.GetElapsedTime(tally.Since) < Window && tally.Count >= options.Limits.FailedLoginsPerMinute;

    // Two failures at once may count as one: this bounds cost, it is no ledger.
    public void Add(EndPoint? remote)
    {
        var tally = Of(remote);
        _byAddress.Put(Address(remote), tally is null || options.Time.GetElapsedTime(tally.Since) >= Window
            ? new Tally(options.Time.GetTimestamp(), 1)
            : tally with { Count = tally.Count + 1 });
    }

    private Tally? Of(EndPoint? remote) => _byAddress.TryGet(Address(remote), out var tally) ? tally : null;

    // One subscriber of IPv6 has at least a /64 of addresses to come from.
    private static IPAddress Address(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address })
        {
            return IPAddress.None;
        }
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
