using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SessionAuth.Hosting.Logging;

namespace SessionAuth.Api.Tests.Running;

/// <summary>All log lines, formatted as operators read them.</summary>
public sealed class CapturedLog(TimeProvider clock) : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly NodeLogFormatter _formatter = new(clock);

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, this);

    public void Dispose() { }

    private sealed class Category(string name, CapturedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            using StringWriter line = new();
            log._formatter.Write(
                new LogEntry<TState>(logLevel, name, eventId, state, exception, formatter),
                scopeProvider: null,
                line
            );
            log._lines.Enqueue(line.ToString().TrimEnd('\n'));
        }
    }
}
