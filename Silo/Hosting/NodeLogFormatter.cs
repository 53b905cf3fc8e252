using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Silo.Hosting;

/// <summary>
/// An entry of the log as one line: when, in UTC, how grave, who and what. Orleans names grains by their keys when
/// they are slow or fail, and a session's key is its id: its fingerprint is written instead (ASVS 16.2.5).
/// </summary>
internal sealed partial class NodeLogFormatter(TimeProvider clock) : ConsoleFormatter(FormatName)
{
    /// <summary>What the console's logger knows it by.</summary>
    public const string FormatName = "node";

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Grade(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {message} {logEntry.Exception}"
        );
        string time = clock
            .GetUtcNow()
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        textWriter.WriteLine($"{time} {OneLine(WithoutIds(line))}");
    }

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
