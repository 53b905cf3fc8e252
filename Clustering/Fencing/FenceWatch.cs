using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// Keeps this silo confirmed: reads the membership table every third of the fence's length and, when the table does not
/// answer in time, asks the other silos.
/// </summary>
internal sealed partial class FenceWatch(
    Fence fence,
    ClusterView view,
    FencePeers peers,
    TakeoverHold hold,
    IMembershipTable table,
    ILocalSiloDetails local,
    IOptions<ClusterTimings> timings,
    TimeProvider clock,
    ILogger<FenceWatch> logger
) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _wanted = new(0, 1);
    private Task _watch = Task.CompletedTask;
    private Task _read = Task.CompletedTask;
    private Task _introduction = Task.CompletedTask;
    private ClockReading? _notConfirmedSince;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(
            nameof(FenceWatch),
            // After the silo has entered the table, and before it takes calls for grains.
            ServiceLifecycleStage.AfterRuntimeGrainServices + 1,
            async starting =>
            {
                fence.ConfirmationNeeded += ReadNow;
                _watch = Task.Run(Watch, CancellationToken.None);
                // A newcomer cannot tell how long ago the dead silos in the table were declared dead. It waits for
                // their fences before it is given grains, so that no request has to.
                await hold.UntilKnownDeadHaveStopped(starting);
            },
            async _ =>
            {
                await _stopping.CancelAsync();
                await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        );

    public void Dispose()
    {
        _stopping.Dispose();
        _wanted.Dispose();
    }

    private async Task Watch()
    {
        while (!_stopping.IsCancellationRequested && !fence.IsClosed)
        {
            long began = clock.GetTimestamp();
            await Confirm();
            // Not awaited: a peer that does not answer must not delay the next read.
            if (_introduction.IsCompleted)
                _introduction = IntroduceSelf();
            LogChange();
            TimeSpan left = timings.Value.ReadInterval - clock.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
                await _wanted.WaitAsync(left, _stopping.Token).ConfigureAwait(false);
        }
    }

    // The peers are asked beside a table that is slow to answer: leases last only as long as the fence stays open.
    private async Task Confirm()
    {
        Task<bool> read = ReadsTableInTime();
        Task patience = Task.Delay(timings.Value.ReadInterval / 3, clock, _stopping.Token);
        if (await Task.WhenAny(read, patience) == read && await read)
            return;

        await Task.WhenAll(read, AskPeers());
    }

    /// <summary>
    /// Whether the table answers within the interval. <see cref="FencedMembershipTable"/> sets the fence.
    /// </summary>
    private async Task<bool> ReadsTableInTime()
    {
        if (_read.IsCompleted)
            _read = table.ReadAllAsync(_stopping.Token);
        try
        {
            await _read.WaitAsync(timings.Value.ReadInterval, clock, _stopping.Token);
            return true;
        }
        catch (Exception e)
        {
            LogNoAnswer(e);
            return false;
        }
    }

    private async Task AskPeers()
    {
        ClockReading asOf = fence.Now();
        if (!view.MayRelyOnPeers)
            return;

        HashSet<SiloAddress> asked = [local.SiloAddress];
        HashSet<SiloAddress> known = [.. view.Known()];
        while (known.Where(asked.Add).ToArray() is { Length: > 0 } others)
        {
            PeerReport?[] reports = await Task.WhenAll(others.Select(Ask));
            foreach (PeerReport? report in reports)
            {
                if (report is not { IsAlive: true })
                    return;
                known.UnionWith(report.Known.Where(view.MayBeAlive));
            }
        }
        fence.Confirm(asOf);
    }

    private async Task<PeerReport?> Ask(SiloAddress silo)
    {
        try
        {
            return await peers
                .On(silo)
                .ReportOn(local.SiloAddress)
                .WaitAsync(timings.Value.ReadInterval, clock, _stopping.Token);
        }
        catch (Exception e)
        {
            LogNoWord(e, silo);
            return null;
        }
    }

    private Task IntroduceSelf() =>
        Task.WhenAll(
            view.PendingIntroductions()
                .Select(async silo =>
                {
                    try
                    {
                        await peers
                            .On(silo)
                            .Introduce(local.SiloAddress)
                            .WaitAsync(timings.Value.ReadInterval, clock, _stopping.Token);
                        view.IntroducedTo(silo);
                    }
                    catch (Exception e)
                    {
                        LogNoWord(e, silo);
                    }
                })
        );

    private void ReadNow()
    {
        try
        {
            _wanted.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already requested.
        }
    }

    private void LogChange()
    {
        if (fence.IsConfirmed)
        {
            if (_notConfirmedSince is { } since)
                LogConfirmed(since.AtMostElapsed(clock).TotalSeconds);
            _notConfirmedSince = null;
        }
        else if (_notConfirmedSince is null)
        {
            _notConfirmedSince = fence.Now();
            LogNotConfirmed();
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Warning,
        "This silo cannot tell whether it still belongs to its cluster: calls to its grains fail with 503 until it can"
    )]
    private partial void LogNotConfirmed();

    [LoggerMessage(
        2,
        LogLevel.Information,
        "This silo is confirmed as a member of its cluster: its grains answer again after {Seconds:F1} s"
    )]
    private partial void LogConfirmed(double seconds);

    [LoggerMessage(3, LogLevel.Debug, "The membership table did not answer in time")]
    private partial void LogNoAnswer(Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "The silo {Silo} did not answer in time")]
    private partial void LogNoWord(Exception exception, SiloAddress silo);
}
