using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Hosting.Logging;

/// <summary>
/// Writes a log entry as one line: time in UTC, level, category and message. Orleans logs the keys of slow and failing
/// grains; a session's key is its id, which is replaced by its fingerprint (ASVS 16.2.5).
/// </summary>
/// <remarks>
/// When a node or the database is unavailable, Orleans warns of each connection and each retry with kilobytes of stack
/// traces. So a known failure is one short line, and those of the frameworks are limited to one of each kind in ten
/// seconds. Anything else keeps its stack trace. <c>LOG_LEVEL=debug</c> writes everything.
/// </remarks>
internal sealed partial class NodeLogFormatter(TimeProvider clock, NodeLog? log = null)
    : ConsoleFormatter(FormatName)
{
    private const int LongestMessage = 250;
    private const int LongestCause = 150;

    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Category, int Event), long> _written = new();

    /// <summary>The name by which the console logger finds this formatter.</summary>
    public const string FormatName = "node";

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        // Before anything is truncated: half an id would no longer be recognised.
        string message = WithoutIds(logEntry.Formatter(logEntry.State, logEntry.Exception));
        string details = WithoutIds($"{logEntry.Exception}");
        bool isFrameworks = !NodeLog.IsOurs(logEntry.Category);
        if (log is not { WritesDetails: true })
        {
            if (logEntry.Exception is { } exception && KnownFailure.Of(exception) is { } cause)
            {
                if (isFrameworks && !IsFirstForAWhile(logEntry.Category, logEntry.EventId.Id))
                    return;
                (message, details) = (
                    Truncated(message, LongestMessage),
                    Truncated(WithoutIds($"({cause})"), LongestCause)
                );
            }
            else if (isFrameworks)
                message = Truncated(message, LongestMessage);
        }
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{LevelName(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {message} {details}"
        );
        string time = clock
            .GetUtcNow()
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        textWriter.WriteLine($"{time} {OneLine(line)}");
    }

    private bool IsFirstForAWhile(string category, int id)
    {
        long now = clock.GetTimestamp();
        long last = _written.GetOrAdd((category, id), now - 1);
        return (last == now - 1 || clock.GetElapsedTime(last, now) >= s_quiet)
            && _written.TryUpdate((category, id), now, last);
    }

    private static string Truncated(string text, int longest) =>
        text.Length <= longest ? text : $"{text.AsSpan(0, longest - 1)}…";

    private static string WithoutIds(string text) =>
        SessionKey()
            .Replace(text, key => $"session/{SessionId.FingerprintOf(key.Groups["id"].Value)}");

    // Against log injection: control characters could forge a line or control an operator's terminal.
    private static string OneLine(string text) => ControlCharacters().Replace(text, " ").TrimEnd();

    private static string LevelName(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };

    [GeneratedRegex("session/(?<id>[A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])")]
    private static partial Regex SessionKey();

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]+")]
    private static partial Regex ControlCharacters();
}
