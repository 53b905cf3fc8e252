using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionAuth.Domain;
using SessionAuth.Grains.Mail;

namespace SessionAuth.Mail.Sending;

/// <summary>
/// Has scheduled work done, above all the sending of emails: at once when an account's grain signals it, and for
/// whatever storage has at the start and every 15 seconds. It runs in every silo; a grain hands each email to one of them.
/// </summary>
/// <remarks>
/// No grain waits for an SMTP server; this service does. It begins when the process has started, because only then the
/// address that links lead to is known, and it stops before the silo does.
/// </remarks>
internal sealed partial class MailDispatcher(
    OutboxBell bell,
    IDueUsers due,
    MailDelivery delivery,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<MailDispatcher> logger,
    IMailTransport? transport = null
) : BackgroundService
{
    private const int Workers = 4;
    private const int MostWaiting = 500;
    private const int LargestBatch = 50;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_lastLetterWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<UserId, bool> _waiting = new();
    private readonly Channel<UserId> _queue = Channel.CreateBounded<UserId>(MostWaiting);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await HasStarted(stoppingToken))
            return;
        if (transport is null)
            LogNoServer();

        using CancellationTokenSource giveUp = new();
        await using CancellationTokenRegistration _ = stoppingToken.Register(() =>
            giveUp.CancelAfter(s_lastLetterWithin)
        );
        await Task.WhenAll([
            Listen(stoppingToken),
            Look(stoppingToken),
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
                await foreach (UserId user in bell.Users.ReadAllAsync(stopping))
                    await Queue(user, stopping);
            }
            catch (OperationCanceledException)
            {
                // It stops.
            }
        }
    }

    private async Task Look(CancellationToken stopping)
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
            LogCannotLook(e);
        }
    }

    // An account that is queued already is not queued again: what is due is asked for when its turn comes.
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
                // What was not sent before a stop is found by another silo, or after the next start.
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
                done < LargestBatch
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
        "SMTP_URL is not set: no mails are sent, neither links to verify addresses nor to reset passwords"
    )]
    private partial void LogNoServer();

    [LoggerMessage(313, LogLevel.Error, "Sending mails was interrupted, and goes on")]
    private partial void LogUnexpected(Exception exception);

    [LoggerMessage(
        312,
        LogLevel.Warning,
        "Storage cannot be asked for what is due; the next look is in 15 seconds"
    )]
    private partial void LogCannotLook(Exception exception);
}
