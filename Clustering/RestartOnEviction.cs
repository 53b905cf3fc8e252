using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Silo.Hosting;

/// <summary>
/// What a silo does that its cluster has given up, after a pause or a time without the others: the process begins anew,
/// with the same id and the same standard output, and joins as another silo.
/// </summary>
/// <remarks>
/// Orleans would end the process, which helps where somebody starts it again. Stopping the silo in order is no way: it
/// would hand its grains over to others, who have them already.
/// </remarks>
internal sealed partial class Rejoining(
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<Rejoining> logger
) : IFatalErrorHandler
{
    // Long enough for requests under way to be refused, and for the log to be written.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private int _begun;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        if (
            lifetime.ApplicationStopping.IsCancellationRequested
            || Interlocked.Exchange(ref _begun, 1) != 0
        )
            return;
        LogGivenUp(exception, context);
        BeginAnew().Ignore();
    }

    private async Task BeginAnew()
    {
        await Task.Delay(LastWords, clock, CancellationToken.None);
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
        "The cluster has given this silo up: the process begins anew. {Reason}"
    )]
    private partial void LogGivenUp(Exception? exception, string? reason);
}
