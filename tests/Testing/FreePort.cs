using System.Net;
using System.Net.Sockets;

namespace SessionAuth.Testing;

public static class FreePort
{
    // Below the ports that the system gives to outgoing connections, and beside those that nodes choose themselves.
    private const int Lowest = 13_000;
    private const uint Count = 7_000;

    private static int s_last = Random.Shared.Next((int)Count);

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
