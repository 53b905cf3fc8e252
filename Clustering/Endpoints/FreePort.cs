using System.Net;
using System.Net.Sockets;

namespace SessionAuth.Clustering.Endpoints;

/// <summary>
/// Picks the port of a silo that need not be configured: a fixed one would conflict with other nodes on the machine.
/// </summary>
public static class FreePort
{
    // Below the ports that systems give to outgoing connections: one of those could take the port before it is bound.
    private const int Lowest = 23_000;
    private const uint Count = 7_000;

    private static int s_last = Random.Shared.Next((int)Count);

    /// <summary>A port that was free on loopback a moment ago, and that this process was not given before.</summary>
    public static int Find()
    {
        for (int i = 0; i < Count; i++)
        {
            int port = Lowest + (int)((uint)Interlocked.Increment(ref s_last) % Count);
            if (IsFree(port))
                return port;
        }
        throw new InvalidOperationException("No port is free for the silo.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
