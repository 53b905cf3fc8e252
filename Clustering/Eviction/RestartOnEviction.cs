using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Clustering.Eviction;

/// <summary>
/// Restarts the process of a silo that its cluster has declared dead, after a pause or a network partition. It keeps
/// its process id and standard output, and joins as a new silo.
/// </summary>
/// <remarks>
/// Orleans would end the process, which helps only under a supervisor that starts it again. A graceful shutdown is not
/// an option: it would hand over grains that other silos may have activated already.
/// </remarks>
internal sealed partial class RestartOnEviction(
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<RestartOnEviction> logger
) : IFatalErrorHandler
{
    // For the requests in progress to be refused and the log to be flushed.
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(1);

    private int _restarting;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        if (
            lifetime.ApplicationStopping.IsCancellationRequested
            || Interlocked.Exchange(ref _restarting, 1) != 0
        )
            return;
        LogGivenUp(exception, context);
        Restart().Ignore();
    }

    private async Task Restart()
    {
        await Task.Delay(GracePeriod, clock, CancellationToken.None);
        if (OperatingSystem.IsLinux())
        {
            string[] arguments = Encoding
                .UTF8.GetString(await File.ReadAllBytesAsync("/proc/self/cmdline"))
                .TrimEnd('\0')
                .Split('\0');
            Replace(Environment.ProcessPath!, [.. arguments, null]);
        }
        Environment.Exit(1);
    }

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Replace(string path, string?[] arguments);

    [LoggerMessage(
        1,
        LogLevel.Error,
        "The cluster has declared this silo dead: the process restarts. {Reason}"
    )]
    private partial void LogGivenUp(Exception? exception, string? reason);
}
