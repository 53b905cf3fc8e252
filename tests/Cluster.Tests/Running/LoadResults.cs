using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>Records the results under load: violations, failures with their times, and counts.</summary>
public sealed class LoadResults
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

    /// <summary>Records an accepted check with its time.</summary>
    public void Accepted(Answer answer)
    {
        Done("checked");
        _accepted.Enqueue(answer);
    }

    /// <summary>Seconds from one time to the last accepted check of a node that was sent before another time.</summary>
    public double LastAccepted(long from, long until, IRequestTarget node) =>
        _accepted
            .Where(answer => answer.Node == node && answer.Began >= from && answer.Began < until)
            .Select(answer => TimeProvider.System.GetElapsedTime(from, answer.Began).TotalSeconds)
            .DefaultIfEmpty(0)
            .Max();

    /// <summary>The failures of requests to these nodes that were sent at or after a time.</summary>
    public IReadOnlyList<string> FailuresSince(
        long moment,
        params IEnumerable<IRequestTarget> nodes
    ) =>
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

    /// <summary>Seconds from a time to the last failed request to a node.</summary>
    public double LastFailure(long moment, IRequestTarget node) =>
        _failures
            .Where(failure => failure.Answer.Node == node && failure.Answer.Began >= moment)
            .Select(failure =>
                TimeProvider.System.GetElapsedTime(moment, failure.Answer.Began).TotalSeconds
            )
            .DefaultIfEmpty(0)
            .Max();

    /// <summary>503 answers without Retry-After, and other errors.</summary>
    public IReadOnlyList<string> UnexpectedErrors =>
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
