using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>The list of sessions, and how they end.</remarks>
public sealed partial record Account
{
    private const int MaxEnded = 10;

    // A start that was sent is answered or given up within Orleans' response timeout of 30 seconds.
    private static readonly TimeSpan s_longestStart = TimeSpan.FromMinutes(1);

    /// <summary>Ends another of the account's sessions. Safe to repeat.</summary>
    public Decision<EndSessionResult> EndSession(
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
    /// Ends the account's other sessions, and that of a sign-in under way. The one that asks goes last, and can ask again
    /// when another could not be ended.
    /// </summary>
    /// <param name="caller">The session that asks.</param>
    /// <param name="includeCurrent">Whether it ends too.</param>
    /// <param name="context">The context.</param>
    public Decision<EndSessionsResult> EndSessions(
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

    /// <summary>The sessions beyond as many as allowed, earliest first, when one has started that replaces others.</summary>
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

    /// <summary>The account without the sessions that have ended or never came to be; the same when there is none.</summary>
    /// <param name="found">What became of each listed session, in the order of the list.</param>
    /// <param name="now">The time.</param>
    public Account Pruned(IReadOnlyList<FoundSession> found, DateTimeOffset now)
    {
        List<ListedSession> kept = [];
        List<EndedSession> ended = [];
        IReadOnlyList<AccountEvent> activity = Activity;
        foreach ((ListedSession listed, FoundSession session) in Sessions.Zip(found))
        {
            switch (session)
            {
                case FoundSession.Live live:
                    // One that has forgotten its IP address has none.
                    kept.Add(listed with { Ip = live.Device.Ip is { Length: > 0 } ip ? ip : null });
                    if (live.IsElsewhere(listed))
                        activity = activity.With(Elsewhere(listed, live));
                    break;
                case FoundSession.HasEnded { Session: var past }:
                    ended.Add(past);
                    activity = activity.With(
                        new(
                            past.EndedAt,
                            AccountEventKind.SessionEnded,
                            Device: past.Device,
                            Reason: past.Reason
                        )
                    );
                    break;
                case FoundSession.Unknown:
                    kept.Add(listed);
                    break;
                case FoundSession.Missing when now - listed.ListedAt < s_longestStart:
                    kept.Add(listed);
                    break;
                case FoundSession.Missing:
                    break;
            }
        }

        if (kept.SequenceEqual(Sessions))
            return this;

        return this with
        {
            Sessions = kept,
            LeavingTraces = [.. LeavingTraces, .. ended.Select(session => session.Id)],
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
}
