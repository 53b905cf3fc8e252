using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>The list of sessions, and revocation.</remarks>
public sealed partial record Account
{
    private const int MaxEnded = 10;

    // Starting a session succeeds or fails within Orleans' response timeout of 30 seconds.
    private static readonly TimeSpan s_longestStart = TimeSpan.FromMinutes(1);

    /// <summary>Revokes another session of the account. Idempotent.</summary>
    public AccountDecision<EndSessionResult> EndSession(
        Caller caller,
        SessionId session,
        AccountContext context
    )
    {
        if (IsSignedOut(caller))
            return new(this, new EndSessionResult.SignedOut());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new EndSessionResult.StepUpRequired(accepts));

        Account without = WithoutDeviceOf(session);
        return new(
            this,
            outcome =>
                outcome.WasFound ? new EndSessionResult.Ended() : new EndSessionResult.NotFound()
        )
        {
            Next = without.Devices.Count < Devices.Count ? without : null,
            Revokes = new(session, SessionEndReason.RevokedByUser),
        };
    }

    /// <summary>
    /// Revokes the account's other sessions, including those of sign-ins in progress. The caller's session is revoked
    /// last, so that it can retry if another could not be revoked.
    /// </summary>
    /// <param name="caller">The session that makes the request.</param>
    /// <param name="includeCurrent">Whether to revoke the caller's session, too.</param>
    /// <param name="context">The time, settings and keys.</param>
    public AccountDecision<EndSessionsResult> EndSessions(
        Caller caller,
        bool includeCurrent,
        AccountContext context
    )
    {
        SessionRevocation? last = includeCurrent
            ? new(caller.Session, SessionEndReason.SignedOut)
            : null;
        if (FinishedBy(caller.Operation) is not null)
            return new(this, new EndSessionsResult.Ended())
            {
                Finishing = Finishing.Required,
                Revokes = last,
            };
        if (IsSignedOut(caller))
            return new(this, new EndSessionsResult.SignedOut());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new EndSessionsResult.StepUpRequired(accepts));

        Account next = WithDeviceOf(includeCurrent ? null : caller.Session) with
        {
            Stamp = Stamp + 1,
            Ending = [.. Ending, .. EndingAllBut(caller.Session, SessionEndReason.RevokedByUser)],
        };
        return new(this, new EndSessionsResult.Ended())
        {
            Next = next.WithFinished(caller.Operation, context.Now),
            Finishing = Finishing.Required,
            Revokes = last,
        };
    }

    /// <summary>The sessions that exceed the limit after a new one was started, oldest first.</summary>
    public IReadOnlyList<SessionId> BeyondLimit(
        IReadOnlyList<SessionId> replaces,
        AccountRules rules
    )
    {
        SessionId[] others =
        [
            .. Sessions
                .Select(listed => SessionId.Parse(listed.Id))
                .Where(session => !replaces.Contains(session)),
        ];
        return [.. others.Take(Math.Max(0, others.Length - rules.MaxSessions))];
    }

    /// <summary>
    /// Removes sessions that have ended or were never started from the list; returns the same instance if there are
    /// none.
    /// </summary>
    /// <param name="found">The state of each listed session, in the order of the list.</param>
    /// <param name="now">The current time.</param>
    public Account Pruned(IReadOnlyList<FoundSession> found, DateTimeOffset now)
    {
        List<ListedSession> kept = [];
        List<EndedSession> ended = [];
        IReadOnlyList<AccountEvent> activity = Activity;
        foreach ((ListedSession listed, FoundSession session) in Sessions.Zip(found))
        {
            Pruning pruning = session.Match<Pruning>(
                // The IP address is empty after its retention time.
                live =>
                    new(
                        listed with
                        {
                            Ip = live.Device.Ip is { Length: > 0 } ip ? ip : null,
                        },
                        Happened: live.IsElsewhere(listed) ? Elsewhere(listed, live) : null
                    ),
                hasEnded => new(Ended: hasEnded.Session, Happened: End(hasEnded.Session)),
                missing => new(now - listed.ListedAt < s_longestStart ? listed : null),
                unknown => new(listed)
            );
            if (pruning.Kept is { } stays)
                kept.Add(stays);
            if (pruning.Ended is { } past)
                ended.Add(past);
            if (pruning.Happened is { } happened)
                activity = activity.With(happened);
        }

        if (kept.SequenceEqual(Sessions))
            return this;

        return this with
        {
            Sessions = kept,
            RemovingDeviceData = [.. RemovingDeviceData, .. ended.Select(session => session.Id)],
            Activity = activity,
            Ended =
            [
                .. ended.Concat(Ended).OrderByDescending(session => session.EndedAt).Take(MaxEnded),
            ],
        };
    }

    private static AccountEvent Elsewhere(ListedSession listed, FoundSession.Live live) =>
        new(
            live.LastSeenAt,
            AccountEventKind.RefreshedElsewhere,
            Device: live.Device,
            Detail: listed.Ip
        );

    private static AccountEvent End(EndedSession session) =>
        new(
            session.EndedAt,
            AccountEventKind.SessionEnded,
            Device: session.Device,
            Reason: session.Reason
        );

    /// <summary>The result of pruning one listed session.</summary>
    /// <param name="Kept">Its entry in the list; null if it is removed.</param>
    /// <param name="Ended">Its entry among the ended sessions; null if none.</param>
    /// <param name="Happened">Its entry in the activity log; null if none.</param>
    private readonly record struct Pruning(
        ListedSession? Kept = null,
        EndedSession? Ended = null,
        AccountEvent? Happened = null
    );
}
