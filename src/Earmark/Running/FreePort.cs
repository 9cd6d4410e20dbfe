using System.Net;
using System.Net.Sockets;

namespace Earmark.Host.Running;

internal static class FreePort
{
    /// <summary>A loopback port nobody listens on now; for the silo, which nobody else has to find.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
