using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>A node as people run it: a process of its own, which can be stopped, killed, and started again on its data.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;

    public string Url => $"http://localhost:{_port}";

    public static async Task<NodeProcess> Start()
    {
        NodeProcess node = new();
        await node.Run();
        return node;
    }

    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task Run()
    {
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "SessionAuth.Api.dll")]
        )
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PORT"] = $"{_port}";
        start.Environment["SIGN_IN_FAILURES_PER_NETWORK"] = "100000";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using HttpClient http = new();
        await Eventually.Holds(
            StartsWithin,
            async () =>
            {
                try
                {
                    using HttpResponseMessage ready = await http.GetAsync(Url + "/healthz/ready");
                    return ready.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
