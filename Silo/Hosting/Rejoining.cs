using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Silo.Hosting;

/// <summary>
/// What a silo does that its cluster has given up: it stops, and the process starts another in its place. Orleans
/// would end the process, which helps where somebody starts it again.
/// </summary>
public sealed partial class Rejoining(IHostApplicationLifetime lifetime, ILogger<Rejoining> logger)
    : IFatalErrorHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Whether the process should start another silo.</summary>
    public bool IsWanted { get; private set; }

    bool IFatalErrorHandler.IsUnexpected(Exception exception) => true;

    void IFatalErrorHandler.OnFatalException(object? sender, string? context, Exception? exception)
    {
        if (IsWanted)
            return;
        IsWanted = true;
        LogGivenUp(exception, context);
        lifetime.StopApplication();
        // A silo that cannot even stop is of no use to anybody.
        lifetime.ApplicationStopped.Register(
            static timer => ((IDisposable)timer!).Dispose(),
            new Timer(
                _ => Environment.FailFast("The silo does not stop."),
                null,
                Patience,
                Timeout.InfiniteTimeSpan
            )
        );
    }

    [LoggerMessage(1, LogLevel.Error, "This silo stops, and another takes its place: {Reason}")]
    private partial void LogGivenUp(Exception? exception, string? reason);
}
