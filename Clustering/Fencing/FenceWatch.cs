using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// Keeps this silo confirmed: looks into the membership table every third of the fence's length and, when that does not
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
    private Task _look = Task.CompletedTask;
    private Task _introduction = Task.CompletedTask;
    private ClockReading? _notConfirmedSince;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(
            nameof(FenceWatch),
            // After the silo has entered the table, and before it takes calls for grains.
            ServiceLifecycleStage.AfterRuntimeGrainServices + 1,
            async starting =>
            {
                fence.Wanted += Hurry;
                _watch = Task.Run(Watch, CancellationToken.None);
                // A newcomer cannot tell for how long those have been dead that it finds so in the table. It waits
                // before it is given grains, so that no request has to.
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
            if (!await LooksInTime())
                await AskTheOthers();
            // One that does not answer must not keep this silo from looking.
            if (_introduction.IsCompleted)
                _introduction = IntroduceMyself();
            Tell();
            await _wanted
                .WaitAsync(timings.Value.LookInterval, _stopping.Token)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Whether the table answers within the interval. The table itself tells the fence what it says.</summary>
    private async Task<bool> LooksInTime()
    {
        if (_look.IsCompleted)
            _look = table.ReadAllAsync(_stopping.Token);
        try
        {
            await _look.WaitAsync(timings.Value.LookInterval, clock, _stopping.Token);
            return true;
        }
        catch (Exception e)
        {
            LogNoAnswer(e);
            return false;
        }
    }

    private async Task AskTheOthers()
    {
        ClockReading asOf = fence.Now();
        if (!view.MayAskOthers)
            return;

        HashSet<SiloAddress> asked = [local.SiloAddress];
        HashSet<SiloAddress> known = [.. view.Known()];
        while (known.Where(asked.Add).ToArray() is { Length: > 0 } others)
        {
            FenceTestimony?[] testimonies = await Task.WhenAll(others.Select(Ask));
            foreach (FenceTestimony? testimony in testimonies)
            {
                if (testimony is not { IsAlive: true })
                    return;
                known.UnionWith(testimony.Known.Where(view.MayBeAlive));
            }
        }
        fence.Confirm(asOf);
    }

    private async Task<FenceTestimony?> Ask(SiloAddress silo)
    {
        try
        {
            return await peers
                .On(silo)
                .Testify(local.SiloAddress)
                .WaitAsync(timings.Value.LookInterval, clock, _stopping.Token);
        }
        catch (Exception e)
        {
            LogNoWord(e, silo);
            return null;
        }
    }

    private Task IntroduceMyself() =>
        Task.WhenAll(
            view.ToMeet()
                .Select(async silo =>
                {
                    try
                    {
                        await peers
                            .On(silo)
                            .Meet(local.SiloAddress)
                            .WaitAsync(timings.Value.LookInterval, clock, _stopping.Token);
                        view.Met(silo);
                    }
                    catch (Exception e)
                    {
                        LogNoWord(e, silo);
                    }
                })
        );

    private void Hurry()
    {
        try
        {
            _wanted.Release();
        }
        catch (SemaphoreFullException)
        {
            // It hurries already.
        }
    }

    private void Tell()
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
        "This silo cannot tell whether it still belongs to its cluster: its grains answer 503 until it can"
    )]
    private partial void LogNotConfirmed();

    [LoggerMessage(
        2,
        LogLevel.Information,
        "This silo belongs to its cluster; its grains answer again after {Seconds:F1} s"
    )]
    private partial void LogConfirmed(double seconds);

    [LoggerMessage(3, LogLevel.Debug, "The membership table does not answer in time")]
    private partial void LogNoAnswer(Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "{Silo} does not answer in time")]
    private partial void LogNoWord(Exception exception, SiloAddress silo);
}
