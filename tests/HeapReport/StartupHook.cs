using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

/// <summary>
/// Loaded by the runtime into the unchanged program before it starts (<c>DOTNET_STARTUP_HOOKS</c>). Answers each
/// connection to the port HEAP_PORT with the size of the heap in use.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1050:Declare types in namespaces",
    Justification = "The runtime requires it there."
)]
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("HEAP_PORT") is not { Length: > 0 } port)
            return;

        TcpListener listener = new(
            IPAddress.Loopback,
            int.Parse(port, CultureInfo.InvariantCulture)
        );
        listener.Start();
        new Thread(() => Answer(listener)) { IsBackground = true, Name = "heap" }.Start();
    }

    private static void Answer(TcpListener listener)
    {
        while (true)
        {
            using TcpClient client = listener.AcceptTcpClient();
            using StreamWriter answer = new(client.GetStream());
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            answer.WriteLine(GC.GetTotalMemory(forceFullCollection: true));
        }
    }
}
