using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>What happened under load: what must not, what failed and when, and how much there was.</summary>
public sealed class Ledger
{
    private readonly ConcurrentQueue<(long At, Answer Answer, string What)> _failures = [];
    private readonly ConcurrentQueue<Answer> _accepted = [];
    private readonly ConcurrentDictionary<string, int> _counts = [];

    /// <summary>What must never happen: a revoked session accepted, a live one refused, a write lost.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    public int Count(string what) => _counts.GetValueOrDefault(what);

    public void Done(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    public void Violation(string what, Answer answer) =>
        Violations.Enqueue($"{what}: {answer.Status} from {answer.Node.Url}");

    public void Failed(string what, Answer answer) =>
        _failures.Enqueue((TimeProvider.System.GetTimestamp(), answer, what));

    /// <summary>A session was accepted, and it may matter when.</summary>
    public void Accepted(Answer answer)
    {
        Done("checked");
        _accepted.Enqueue(answer);
    }

    /// <summary>How long after a moment, and before another, the last check was sent that a node accepted, in seconds.</summary>
    public double LastAccepted(long from, long until, IEntrance node) =>
        _accepted
            .Where(answer => answer.Node == node && answer.Began >= from && answer.Began < until)
            .Select(answer => TimeProvider.System.GetElapsedTime(from, answer.Began).TotalSeconds)
            .DefaultIfEmpty(0)
            .Max();

    /// <summary>The failures of requests to a node that were sent at or after a moment.</summary>
    public IReadOnlyList<string> FailuresSince(long moment, params IEnumerable<IEntrance> nodes) =>
        [
            .. _failures
                .Where(failure =>
                    failure.Answer.Began >= moment && nodes.Contains(failure.Answer.Node)
                )
                .Select(failure =>
                    $"{failure.What} at {Seconds(moment, failure.Answer.Began)} s: "
                    + $"{failure.Answer.Status?.ToString() ?? failure.Answer.Why} from {failure.Answer.Node.Url}"
                ),
        ];

    /// <summary>How long after a moment the last request to a node was sent that failed, in seconds.</summary>
    public double LastFailure(long moment, IEntrance node) =>
        _failures
            .Where(failure => failure.Answer.Node == node && failure.Answer.Began >= moment)
            .Select(failure =>
                TimeProvider.System.GetElapsedTime(moment, failure.Answer.Began).TotalSeconds
            )
            .DefaultIfEmpty(0)
            .Max();

    /// <summary>Answers of 503 that do not say when to try again, and answers that are no 503.</summary>
    public IReadOnlyList<string> UnkindFailures =>
        [
            .. _failures
                .Where(failure =>
                    failure.Answer.Status is not null
                    && failure.Answer
                        is not { Status: HttpStatusCode.ServiceUnavailable, HasRetryAfter: true }
                )
                .Select(failure => $"{failure.What}: {failure.Answer.Status}"),
        ];

    public string Summary =>
        string.Join(
            ", ",
            _counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key}")
        ) + $", {_failures.Count.ToString(CultureInfo.InvariantCulture)} failed";

    private static string Seconds(long from, long to) =>
        TimeProvider
            .System.GetElapsedTime(from, to)
            .TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
}
