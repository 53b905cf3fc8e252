using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Silo.Hosting;

/// <summary>
/// An entry of the log as one line: when, in UTC, how grave, who and what. Orleans names grains by their keys when
/// they are slow or fail, and a session's key is its id: its fingerprint is written instead (ASVS 16.2.5).
/// </summary>
/// <remarks>
/// When a node or the database goes away, Orleans warns of each connection and each retry, with kilobytes of stack traces.
/// A known failure is one short line, and at most one in ten seconds of each kind from the frameworks; what is not
/// known keeps its trace. <c>LOG_LEVEL=debug</c> writes it all.
/// </remarks>
internal sealed partial class NodeLogFormatter(TimeProvider clock, NodeLog? log = null)
    : ConsoleFormatter(FormatName)
{
    private const int LongestMessage = 250;
    private const int LongestCause = 150;

    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Category, int Event), long> _written = new();

    /// <summary>What the console's logger knows it by.</summary>
    public const string FormatName = "node";

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        // Before anything is cut: of half an id nobody could tell any more that it is one.
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
                    Shortened(message, LongestMessage),
                    Shortened(WithoutIds($"({cause})"), LongestCause)
                );
            }
            else if (isFrameworks)
                message = Shortened(message, LongestMessage);
        }
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Grade(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {message} {details}"
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

    private static string Shortened(string text, int longest) =>
        text.Length <= longest ? text : $"{text.AsSpan(0, longest - 1)}…";

    private static string WithoutIds(string text) =>
        SessionKey()
            .Replace(text, key => $"session/{SessionId.Parse(key.Groups["id"].Value).Fingerprint}");

    // Nor can what is written move an operator's cursor.
    private static string OneLine(string text) => ControlCharacters().Replace(text, " ").TrimEnd();

    private static string Grade(LogLevel level) =>
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
