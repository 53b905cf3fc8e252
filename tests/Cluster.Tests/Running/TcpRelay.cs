using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>A relay to a loopback port that can be cut silently: no data passes and no connection is closed.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly Task _accepting;
    private volatile TaskCompletionSource _passes = CreateOpen();

    public TcpRelay(IPAddress address, int target)
    {
        _target = target;
        _listener = new(address, 0);
        _listener.Start();
        _accepting = Accept();
    }

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    public void Cut() => _passes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>New connections pass again. Those that were cut stay dead.</summary>
    public void Repair()
    {
        while (_open.TryTake(out TcpClient? client))
            client.Dispose();
        _passes.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        Repair();
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
        using TcpClient _ = near;
        using TcpClient far = new();
        _open.Add(near);
        _open.Add(far);
        try
        {
            await _passes.Task;
            await far.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
            near.NoDelay = far.NoDelay = true;
            await Task.WhenAny(
                Pass(near.GetStream(), far.GetStream()),
                Pass(far.GetStream(), near.GetStream())
            );
        }
        catch (Exception e)
            when (e
                    is IOException
                        or SocketException
                        or ObjectDisposedException
                        or OperationCanceledException
            )
        {
            // The connection is over.
        }
    }

    private async Task Pass(NetworkStream from, NetworkStream to)
    {
        byte[] buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _stopping.Token) is var read and > 0)
        {
            await _passes.Task;
            await to.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }

    private static TaskCompletionSource CreateOpen()
    {
        TaskCompletionSource source = new();
        source.SetResult();
        return source;
    }
}
