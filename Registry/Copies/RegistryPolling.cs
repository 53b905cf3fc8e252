using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Registry.Copies;

/// <summary>Keeps this node's copy of the registry current, by a question every second.</summary>
internal sealed partial class RegistryPolling(
    RegistryCopy copy,
    TimeProvider clock,
    ILogger<RegistryPolling> logger
) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private bool _isUnavailable;

    // The first question before the node serves, if it is answered at once.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Ask(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Ask(stoppingToken);
    }

    private async Task Ask(CancellationToken cancellationToken)
    {
        try
        {
            await copy.Refresh(cancellationToken);
            if (_isUnavailable)
                LogAvailable();
            _isUnavailable = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotAnswered(e);
            if (!_isUnavailable && IsOutdated())
            {
                LogUnavailable();
                _isUnavailable = true;
            }
        }
    }

    private bool IsOutdated()
    {
        try
        {
            return copy.Current is null;
        }
        catch (RegistryUnavailableException)
        {
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The registry was not asked for changes")]
    private partial void LogNotAnswered(Exception exception);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "The registry does not answer: calls for applications are answered 503 until it does"
    )]
    private partial void LogUnavailable();

    [LoggerMessage(3, LogLevel.Information, "The registry answers again")]
    private partial void LogAvailable();
}
