using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SessionAuth.Settings;

namespace SessionAuth.Hosting.Logging;

/// <summary>The log of a process: one line for each entry, in UTC, on standard output.</summary>
public sealed class NodeLog
{
    // On its first run, Orleans' watchdog measures from the start of the machine and reports a stall that did not
    // happen.
    private const string FalseAlarm = "Orleans.Runtime.Watchdog";

    // Once a node has started, this category has nothing but information on each request, which is not written. While any
    // level of it is enabled, the host makes an activity and a log scope for each request.
    private const string EachRequest = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private volatile bool _started;

    /// <summary>Whether debug messages and the stack traces of known failures are written.</summary>
    public bool WritesDetails { get; private init; }

    /// <summary>Adds the log, and removes all other log providers.</summary>
    /// <exception cref="SettingsException"><c>LOG_LEVEL</c> is not a level.</exception>
    public static void Add(IHostApplicationBuilder builder)
    {
        NodeLog log = new()
        {
            WritesDetails =
                builder.Configuration.Read<NodeLogOptions>().Level == NodeLogLevel.Debug,
        };
        builder.Services.AddSingleton(log);
        builder.Logging.ClearProviders();
        builder
            .Logging.AddConsole(console => console.FormatterName = NodeLogFormatter.FormatName)
            .AddConsoleFormatter<NodeLogFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddFilter((category, level) => log.IsEnabled(category ?? "", level));
    }

    internal static bool IsOurs(string category) =>
        category.StartsWith("SessionAuth", StringComparison.Ordinal);

    /// <summary>Enables warnings of the frameworks, once the node has started.</summary>
    public void NodeHasStarted() => _started = true;

    // A failed start ends with one sentence (StartProblem), which the stack traces of every layer would bury.
    private bool IsEnabled(string category, LogLevel level) =>
        IsOurs(category)
            ? level >= (WritesDetails ? LogLevel.Debug : LogLevel.Information)
            : _started
                && level >= LogLevel.Warning
                && category != EachRequest
                && (level >= LogLevel.Error || category != FalseAlarm);
}
