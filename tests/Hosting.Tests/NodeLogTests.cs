using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SessionAuth.Hosting.Logging;

namespace SessionAuth.Hosting.Tests;

/// <summary>Log lines about failures.</summary>
public sealed class NodeLogTests
{
    private const string Orleans = "Orleans.Runtime.Messaging.ConnectionManager";

    private readonly FakeTimeProvider _clock = new();
    private readonly NodeLogFormatter _formatter;

    public NodeLogTests() => _formatter = new(_clock);

    [Fact]
    public void Known_failure_is_one_short_line_without_a_stack_trace()
    {
        string line = Write(Orleans, 1, new string('x', 2000), Thrown(new SocketException(111)));

        Assert.True(line.Length <= 500, line);
        Assert.Contains("SocketException: Connection refused", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_that_wraps_a_known_one_counts_as_known()
    {
        string line = Write(
            Orleans,
            1,
            "failed",
            Thrown(
                new InvalidOperationException(
                    "attempt 3",
                    Thrown(new SiloUnavailableException("gone"))
                )
            )
        );

        Assert.Contains("SiloUnavailableException: gone", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "S-65 Truncated line contains no part of a session id")]
    public void Truncated_line_contains_no_part_of_a_session_id()
    {
        const string id = "AbCdEfGhIjKlMnOpQrStUv";
        for (int length = 200; length < 260; length++)
        {
            string message = new string('x', length) + $"session/{id} and more";
            string line = Write(Orleans, length, message, Thrown(new TimeoutException(message)));

            Assert.DoesNotContain("session/AbCd", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Unknown_failure_keeps_its_stack_trace()
    {
        string line = Write(Orleans, 1, "failed", Thrown(new InvalidOperationException("a bug")));

        Assert.Contains("a bug    at ", line, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), line, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_kind_of_known_failure_is_logged_once_in_ten_seconds()
    {
        Exception known = Thrown(new TimeoutException());

        Assert.NotEmpty(Write(Orleans, 1, "failed", known));
        Assert.Empty(Write(Orleans, 1, "failed", known));
        Assert.NotEmpty(Write(Orleans, 2, "failed", known));
        Assert.NotEmpty(Write("Polly", 1, "failed", known));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.NotEmpty(Write(Orleans, 1, "failed", known));
    }

    [Fact]
    public void Message_of_the_program_itself_is_logged_each_time()
    {
        Exception known = Thrown(new TimeoutException());

        Assert.NotEmpty(Write("SessionAuth.Api", 1, "answered 503", known));
        string second = Write("SessionAuth.Api", 1, "answered 503", known);

        Assert.Contains("answered 503 (TimeoutException", second, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second, StringComparison.Ordinal);
    }

    private string Write(string category, int id, string message, Exception exception)
    {
        using StringWriter line = new();
        _formatter.Write(
            new LogEntry<string>(
                LogLevel.Warning,
                category,
                new EventId(id),
                message,
                exception,
                (state, _) => state
            ),
            scopeProvider: null,
            line
        );
        return line.ToString();
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
