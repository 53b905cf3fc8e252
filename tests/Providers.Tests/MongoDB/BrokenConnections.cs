using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>
/// A way to a server on which a command arrives and its answer does not: every connection is closed when the server
/// has answered the command, and no new one is taken until it is mended.
/// </summary>
internal sealed class BrokenConnections : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile byte[]? _command;
    private volatile bool _broken;

    public BrokenConnections(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From the next one on whose name is this.</summary>
    public void LoseTheAnswerTo(string command) =>
        _command = Encoding.UTF8.GetBytes(command + "\0");

    public void Mend() => (_command, _broken) = (null, false);

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

    private async Task Serve(TcpClient near)
    {
        using TcpClient owned = near;
        if (_broken)
            return;

        using TcpClient far = new();
        await far.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
        bool lost = false;
        await Task.WhenAny(
            Pass(near.GetStream(), far.GetStream(), request => lost |= IsTheCommand(request)),
            Pass(far.GetStream(), near.GetStream(), _ => _broken |= lost)
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
