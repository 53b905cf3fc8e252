using System.Collections.Concurrent;
using System.Net;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>
/// Checks and refreshes of sessions at random nodes, and revocations at one of them.
/// </summary>
/// <param name="cluster">The nodes.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="revokeAt">The node that revokes.</param>
public sealed class LeaseLoad(
    RunningCluster cluster,
    IReadOnlyList<LeasedSession> sessions,
    IRequestTarget revokeAt
) : IAsyncDisposable
{
    private static readonly TimeSpan s_betweenRefreshes = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _requests = [];
    private Task[] _workers = [];
    private int _revoked;

    /// <summary>How many revocations were answered.</summary>
    public int Revoked => Volatile.Read(ref _revoked);

    /// <param name="checkers">How many requests check at the same time.</param>
    /// <param name="checkEvery">The time between two checks of each of them.</param>
    public void Start(int checkers, TimeSpan checkEvery) =>
        _workers = [
            .. Enumerable
                .Range(0, checkers)
                .Select(_ => Task.Run(() => CheckRepeatedly(checkEvery))),
            Task.Run(RefreshRepeatedly),
        ];

    /// <summary>
    /// Revokes sessions one after another. Those that a fault delays are not waited for, but when the load stops.
    /// </summary>
    /// <param name="these">The sessions.</param>
    /// <param name="every">The time between two revocations.</param>
    public async Task RevokeOneByOne(IEnumerable<LeasedSession> these, TimeSpan every)
    {
        foreach (LeasedSession session in these)
        {
            _requests.Add(Revoke(session));
            await Task.Delay(every);
        }
    }

    /// <summary>Revokes a session, and then checks it at every node.</summary>
    public async Task Revoke(LeasedSession session)
    {
        (Answer answer, _) = await session.TryRevoke(revokeAt);
        if (answer.Status == HttpStatusCode.NoContent)
            Interlocked.Increment(ref _revoked);
        await Task.WhenAll(cluster.Up.Select(session.Check));
    }

    /// <summary>Stops, and waits for the answers to all requests.</summary>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
        await Task.WhenAll(_requests);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _stopping.Dispose();
    }

    private async Task CheckRepeatedly(TimeSpan every)
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Any().Check(cluster.Any());
            await Task.Delay(every);
        }
    }

    // One at a time, so that a browser keeps the tokens in the order in which they were made.
    private async Task RefreshRepeatedly()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Any().Refresh(cluster.Any());
            await Task.Delay(s_betweenRefreshes);
        }
    }

    private LeasedSession Any() => sessions[Random.Shared.Next(sessions.Count)];
}
