using System.Net;
using System.Net.Sockets;

namespace SessionAuth.Testing;

public static class FreePort
{
    // Below the ports that the system gives to outgoing connections, and beside those that nodes choose themselves.
    private const int Lowest = 13_000;
    private const uint Count = 7_000;

    // Those of nodes, so that the two ports of a silo that follow from each are below the same limit.
    private const int LowestOfNodes = 10_100;
    private const uint CountOfNodes = 2_600;

    private static int s_last = Random.Shared.Next((int)Count);
    private static int s_lastOfNodes = Random.Shared.Next((int)CountOfNodes);

    /// <summary>A port that was just free, and that no other caller in this process was given.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = Lowest + (int)((uint)Interlocked.Increment(ref s_last) % Count);
            if (IsFree(port))
                return port;
        }
    }

    /// <summary>The same for the <c>PORT</c> of a node with a silo, whose two other ports follow from it.</summary>
    public static int ForNode()
    {
        while (true)
        {
            int port =
                LowestOfNodes
                + (int)((uint)Interlocked.Increment(ref s_lastOfNodes) % CountOfNodes);
            if (IsFree(port) && IsFree(port + 10_000) && IsFree(port + 20_000))
                return port;
        }
    }

    /// <summary>Whether a port is free on loopback.</summary>
    public static bool IsFree(int port)
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
