using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>
/// A proxy that loses the answer to a command: it closes every connection once the server has answered the command, and
/// accepts no new ones until it is repaired.
/// </summary>
internal sealed class BrokenProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile byte[]? _command;
    private volatile bool _broken;

    public BrokenProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Loses the answer to the next command of this name.</summary>
    public void LoseAnswerTo(string command) => _command = Encoding.UTF8.GetBytes(command + "\0");

    public void Repair() => (_command, _broken) = (null, false);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task Accept()
    {
        while (!_stopping.IsCancellationRequested)
            _ = Serve(await _listener.AcceptTcpClientAsync(_stopping.Token));
    }

    private async Task Serve(TcpClient client)
    {
        using TcpClient owned = client;
        if (_broken)
            return;

        using TcpClient server = new();
        await server.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
        bool lost = false;
        await Task.WhenAny(
            Pass(client.GetStream(), server.GetStream(), request => lost |= IsTheCommand(request)),
            Pass(server.GetStream(), client.GetStream(), _ => _broken |= lost)
        );
    }

    private bool IsTheCommand(ReadOnlySpan<byte> request) =>
        _command is { } command && request.IndexOf(command) >= 0;

    private async Task Pass(NetworkStream from, NetworkStream to, Seen seen)
    {
        byte[] buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _stopping.Token) is var read and > 0)
        {
            seen(buffer.AsSpan(0, read));
            if (_broken)
                return;
            await to.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }

    private delegate void Seen(ReadOnlySpan<byte> bytes);
}
