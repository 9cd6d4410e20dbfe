using System.Net;
using Earmark.Silo;
using Earmark.Storage.Postgres;
using Orleans.Configuration;

namespace Earmark.Host.Cluster;

/// <summary>How silos find each other, and gateways and portals find them: through the membership table in PostgreSQL.</summary>
internal static class ClusterJoining
{
    private const string Invariant = "Npgsql";
    private const int Connections = 4;

    /// <summary>
    /// Three probes missed, 3 s apart, and the others vote a silo out: what it held is made elsewhere about 10 s after a kill −9.
    /// A silo that was only slow finds itself voted out, ends, and is fenced off from the journal meanwhile.
    /// </summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan GatewayListAge = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectAgain = TimeSpan.FromSeconds(1);

    public static ISiloBuilder Join(this ISiloBuilder silo, PostgresConnection postgres, SiloPlace address) => silo
        .Configure<ClusterOptions>(Name)
        .UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Invariant, postgres.ForProvider(Connections)))
        .Configure<ClusterMembershipOptions>(membership => membership.ProbeTimeout = Probe)
        .Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = address.Advertised;
            endpoint.SiloPort = address.SiloPort;
            endpoint.GatewayPort = address.ClientPort;
            endpoint.SiloListeningEndpoint = new IPEndPoint(address.Listening, address.SiloPort);
            endpoint.GatewayListeningEndpoint = new IPEndPoint(address.Listening, address.ClientPort);
        });

    public static IClientBuilder Join(this IClientBuilder client, PostgresConnection postgres) => client
        .Configure<ClusterOptions>(Name)
        .UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Invariant, postgres.ForProvider(Connections)))
        .Configure<Orleans.Configuration.GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayListAge)
        .UseConnectionRetryFilter(async (_, cancel) =>
        {
            await Task.Delay(ConnectAgain, TimeProvider.System, cancel);
            return true;
        });

    private static void Name(ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = (SiloHosting.ServiceId, SiloHosting.ServiceId);
}

/// <summary>Where one silo is found.</summary>
/// <param name="Advertised">By the others; loopback keeps the cluster on this machine.</param>
internal sealed record SiloPlace(IPAddress Advertised, int SiloPort, int ClientPort)
{
    public const int DefaultSiloPort = 11111;
    public const int DefaultClientPort = 30000;

    public IPAddress Listening => IPAddress.IsLoopback(Advertised) ? IPAddress.Loopback : IPAddress.Any;
}
