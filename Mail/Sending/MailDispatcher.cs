using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionAuth.Domain;
using SessionAuth.Grains.Mail;

namespace SessionAuth.Mail.Sending;

/// <summary>
/// Has the scheduled work of accounts done, above all the sending of emails: at once when a grain signals it, and by
/// polling storage at the start and every 15 seconds. It runs in every silo; a grain leases each email to one of them.
/// </summary>
/// <remarks>
/// Grains never wait for an SMTP server; this service does. It begins after the process has started, because only then
/// the origin of links is known, and it stops before the silo does.
/// </remarks>
internal sealed partial class MailDispatcher(
    OutboxSignal outbox,
    IDueUsers due,
    MailDelivery delivery,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<MailDispatcher> logger,
    IMailTransport? transport = null
) : BackgroundService
{
    private const int Workers = 4;
    private const int QueueCapacity = 500;
    private const int MaxBatch = 50;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<UserId, bool> _waiting = new();
    private readonly Channel<UserId> _queue = Channel.CreateBounded<UserId>(QueueCapacity);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await HasStarted(stoppingToken))
            return;
        if (transport is null)
            LogNoServer();

        using CancellationTokenSource giveUp = new();
        await using CancellationTokenRegistration _ = stoppingToken.Register(() =>
            giveUp.CancelAfter(s_stopTimeout)
        );
        await Task.WhenAll([
            Listen(stoppingToken),
            Poll(stoppingToken),
            .. Enumerable.Range(0, Workers).Select(_ => Work(stoppingToken, giveUp.Token)),
        ]);
    }

    private async Task<bool> HasStarted(CancellationToken stopping)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration yes = lifetime.ApplicationStarted.Register(
            started.SetResult
        );
        await started
            .Task.WaitAsync(stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stopping.IsCancellationRequested;
    }

    private async Task Listen(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (UserId user in outbox.Users.ReadAllAsync(stopping))
                    await Queue(user, stopping);
            }
            catch (OperationCanceledException)
            {
                // It stops.
            }
        }
    }

    private async Task Poll(CancellationToken stopping)
    {
        using PeriodicTimer timer = new(s_interval, clock);
        try
        {
            do
            {
                await Find(stopping);
            } while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // It stops.
        }
    }

    private async Task Find(CancellationToken stopping)
    {
        try
        {
            await foreach (UserId user in due.Find(clock.GetUtcNow(), stopping))
                await Queue(user, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogPollFailed(e);
        }
    }

    // An account is queued once: its due work is read only when a worker takes it.
    private async Task Queue(UserId user, CancellationToken stopping)
    {
        if (_waiting.TryAdd(user, true))
            await _queue.Writer.WriteAsync(user, stopping);
    }

    private async Task Work(CancellationToken stopping, CancellationToken giveUp)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _queue.Reader.WaitToReadAsync(stopping);
                await WorkOff(stopping, giveUp);
            }
            catch (Exception e)
            {
                // After a stop, the remaining work is found by another silo, or at the next start.
                if (!stopping.IsCancellationRequested)
                    LogUnexpected(e);
            }
        }
    }

    private async Task WorkOff(CancellationToken stopping, CancellationToken giveUp)
    {
        IMailBatch? batch = transport?.Begin();
        try
        {
            for (
                int done = 0;
                done < MaxBatch
                    && !stopping.IsCancellationRequested
                    && _queue.Reader.TryRead(out UserId user);
                done++
            )
            {
                _waiting.TryRemove(user, out _);
                await delivery.Do(user, batch, giveUp);
            }
        }
        finally
        {
            if (batch is not null)
                await batch.DisposeAsync();
        }
    }

    [LoggerMessage(
        311,
        LogLevel.Warning,
        "SMTP_URL is not set: no emails are sent, so that users can neither verify emails nor reset passwords"
    )]
    private partial void LogNoServer();

    [LoggerMessage(313, LogLevel.Error, "A mail worker failed unexpectedly, and continues")]
    private partial void LogUnexpected(Exception exception);

    [LoggerMessage(
        312,
        LogLevel.Warning,
        "Storage could not be polled for due work; the next poll is in 15 seconds"
    )]
    private partial void LogPollFailed(Exception exception);
}
