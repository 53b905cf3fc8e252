using System.Collections.Concurrent;
using System.Net;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>
/// What was asked about one session at all nodes, with the times of each request and its answer by one clock, and
/// whether it could have happened to a single session that is live until it is revoked (linearizable).
/// </summary>
/// <remarks>
/// A session's life has one event, its revocation, which must be put at one time: after the start of a request that
/// revokes it, and before the answer of each that was told that it is revoked; and each check that was accepted must
/// have started before. So two comparisons decide exactly.
/// </remarks>
public sealed class SessionHistory
{
    private readonly ConcurrentQueue<Entry> _entries = [];

    /// <summary>What a request found.</summary>
    public enum Outcome
    {
        /// <summary>A check or a refresh was accepted.</summary>
        Accepted,

        /// <summary>A check or a refresh was refused.</summary>
        Refused,

        /// <summary>A revocation was answered.</summary>
        Revoked,

        /// <summary>A revocation was asked for, and its answer did not come.</summary>
        RevocationUnknown,
    }

    /// <summary>How many requests were recorded.</summary>
    public int Count => _entries.Count;

    public void Record(Outcome outcome, long began, long ended) =>
        _entries.Enqueue(new(outcome, began, ended));

    /// <summary>Records a check or a refresh; one without an answer says nothing.</summary>
    public void RecordUse(Answer answer, long ended)
    {
        if (answer.Status is HttpStatusCode.OK or HttpStatusCode.NoContent)
            Record(Outcome.Accepted, answer.Began, ended);
        else if (answer.Status == HttpStatusCode.Unauthorized)
            Record(Outcome.Refused, answer.Began, ended);
    }

    /// <summary>Records a revocation.</summary>
    public void RecordRevocation(Answer answer, long ended) =>
        Record(
            answer.Status == HttpStatusCode.NoContent ? Outcome.Revoked : Outcome.RevocationUnknown,
            answer.Began,
            ended
        );

    /// <summary>What cannot be; null when the history is linearizable.</summary>
    public string? Violation()
    {
        Entry[] entries = [.. _entries];
        long lastAccepted = entries
            .Where(entry => entry.Outcome == Outcome.Accepted)
            .Select(entry => entry.Began)
            .DefaultIfEmpty(long.MinValue)
            .Max();
        Entry? firstToldRevoked = entries
            .Where(entry => entry.Outcome is Outcome.Revoked or Outcome.Refused)
            .MinBy(entry => entry.Ended);
        if (firstToldRevoked is null)
            return null;

        if (lastAccepted > firstToldRevoked.Ended)
            return firstToldRevoked.Outcome == Outcome.Revoked
                ? "a check that started after the answered revocation was accepted"
                : "a check that started after another was refused was accepted";

        bool wasAskedFor = entries.Any(entry =>
            entry.Outcome is Outcome.Revoked or Outcome.RevocationUnknown
            && entry.Began < firstToldRevoked.Ended
        );
        return wasAskedFor ? null : "a check was refused before anybody revoked the session";
    }

    private sealed record Entry(Outcome Outcome, long Began, long Ended);
}
