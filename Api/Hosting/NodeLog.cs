using Microsoft.Extensions.Logging.Console;

namespace SessionAuth.Api.Hosting;

/// <summary>The log: one line for each entry, in UTC, on standard output.</summary>
internal static class NodeLog
{
    public static void AddLog(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("SessionAuth", LogLevel.Information);
        // At its first look it counts from the machine's start, and reports a stall that never was.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
    }
}
