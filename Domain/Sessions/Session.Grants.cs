using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Domain.Sessions;

/// <remarks>
/// The applications that the session was handed to. They end with the session, without a write of their own.
/// </remarks>
public readonly partial record struct Session
{
    /// <summary>Redeems an authorization code: opens its grant. Counts as activity.</summary>
    /// <param name="opening">The content of the code, whose client and verifier have been checked.</param>
    /// <param name="now">The current time.</param>
    public SessionDecision<OpenGrantResult> OpenGrant(GrantOpening opening, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(opening);
        if (!IsLive(now) || Saved.Restricted)
            return Unchanged<OpenGrantResult>(new OpenGrantResult.NotLive());
        if (now >= opening.ExpiresAt)
            return Unchanged<OpenGrantResult>(new OpenGrantResult.Expired());
        if (Grants.Knows(opening.Id))
            return OpenedBefore(opening, now);

        if (!Grants.HasRoom(now))
            return Unchanged<OpenGrantResult>(new OpenGrantResult.TooMany());

        ApplicationGrant grant = new()
        {
            Id = opening.Id.Value,
            Application = opening.Application.Value,
            Scopes = opening.Scopes,
            OpenedAt = now,
            AuthenticatedAt = opening.AuthenticatedAt,
            AuthenticationMethods = opening.AuthenticationMethods,
        };
        return new(
            Opened(grant),
            WithGrants(Grants.With(grant, opening.Replaces, now), now),
            MustStore: true
        );
    }

    /// <summary>
    /// Uses a refresh token of an application, by the rule of the session's own (<see cref="Rotation"/>). Counts as
    /// activity when it is accepted. A replay ends this grant alone.
    /// </summary>
    /// <param name="id">The grant of the token.</param>
    /// <param name="application">The application that has authenticated with it.</param>
    /// <param name="generation">The generation of the token.</param>
    /// <param name="now">The current time.</param>
    public SessionDecision<RefreshGrantResult> RefreshGrant(
        GrantId id,
        ClientId application,
        long generation,
        DateTimeOffset now
    )
    {
        if (!IsLive(now) || Grants.Find(id, application) is not { } grant)
            return Unchanged<RefreshGrantResult>(new RefreshGrantResult.NotLive());

        Rotation presented = grant.Rotation.Presented(generation, now, Rules.RefreshGrace);
        return grant.Rotation.Decide(generation, now, Rules.RefreshGrace) switch
        {
            // No step-up retires a generation of a grant: its proof stays the same.
            RefreshDecision.Repeat or RefreshDecision.RepeatWithoutProof => Refreshed(
                grant with
                {
                    Rotation = presented,
                },
                now,
                mustStore: !ReferenceEquals(presented, grant.Rotation)
            ),
            RefreshDecision.Rotate or RefreshDecision.RotateFromToken => Refreshed(
                grant with
                {
                    Rotation = presented.Advance(now),
                },
                now,
                mustStore: true
            ),
            RefreshDecision.Superseded => Unchanged<RefreshGrantResult>(
                new RefreshGrantResult.Superseded()
            ),
            RefreshDecision.Reuse => new(
                new RefreshGrantResult.Replayed(generation, grant.Rotation.Generation),
                WithoutGrants(open => open.Id == grant.Id, now),
                MustStore: true
            ),
        };
    }

    /// <summary>Checks a value that was issued from a grant. Counts as activity.</summary>
    /// <param name="id">The grant.</param>
    /// <param name="application">The application that the value was issued for.</param>
    /// <param name="now">The current time.</param>
    /// <returns>
    /// What the application learns; null when the grant or the session has ended, or it is another application's.
    /// </returns>
    public (GrantStanding? Standing, Session Next) CheckGrant(
        GrantId id,
        ClientId application,
        DateTimeOffset now
    ) =>
        IsLive(now) && Grants.Find(id, application) is { } grant
            ? (grant.Standing(Saved.User), UsedAt(now, now))
            : (null, this);

    /// <summary>The applications that the session was handed to, in the order in which that happened.</summary>
    public IReadOnlyList<OpenedApplication> Applications() =>
        [
            .. Grants
                .Open.GroupBy(grant => grant.Application)
                .Select(grants => new OpenedApplication(
                    ClientId.Parse(grants.Key),
                    grants.First().OpenedAt
                )),
        ];

    private IReadOnlyList<GrantStanding> GrantStandings()
    {
        if (Saved.Grants is not { Open.Count: > 0 } grants)
            return [];

        UserId user = Saved.User;
        return [.. grants.Open.Select(grant => grant.Standing(user))];
    }

    private bool EndsGrants(SessionState next)
    {
        if (ReferenceEquals(next.Grants, Saved.Grants) || Grants.Open.Count == 0)
            return false;

        HashSet<string> open =
        [
            .. (next.Grants ?? SessionGrants.None).Open.Select(grant => grant.Id),
        ];
        return Grants.Open.Any(grant => !open.Contains(grant.Id));
    }

    /// <summary>Ends a grant, as its application asks for (RFC 7009). Idempotent.</summary>
    /// <param name="id">The grant.</param>
    /// <param name="application">The application that has authenticated.</param>
    /// <param name="now">The current time.</param>
    /// <returns>Whether there was one to end.</returns>
    public SessionDecision<bool> EndGrant(GrantId id, ClientId application, DateTimeOffset now) =>
        Grants.Find(id, application) is { } grant
            ? EndGrants(open => open.Id == grant.Id, now)
            : Unchanged(false);

    /// <summary>Ends all grants of an application, as the user asks for. Idempotent.</summary>
    /// <param name="owner">The expected owner of the session.</param>
    /// <param name="application">The application.</param>
    /// <param name="now">The current time.</param>
    /// <returns>Whether there was one to end.</returns>
    public SessionDecision<bool> EndGrantsOf(
        UserId owner,
        ClientId application,
        DateTimeOffset now
    ) =>
        BelongsTo(owner)
            ? EndGrants(grant => grant.Application == application.Value, now)
            : Unchanged(false);

    private SessionGrants Grants => Saved.Grants ?? SessionGrants.None;

    private SessionDecision<OpenGrantResult> OpenedBefore(GrantOpening opening, DateTimeOffset now)
    {
        ApplicationGrant? open = Grants.Find(opening.Id, opening.Application);
        if (opening.IsRepeatable && open is not null)
            return Unchanged<OpenGrantResult>(Opened(open));

        string id = opening.Id.Value;
        SessionDecision<bool> ended = EndGrants(grant => grant.Id == id, now);
        return new(new OpenGrantResult.UsedBefore(), ended.Next, ended.MustStore);
    }

    private OpenGrantResult.Opened Opened(ApplicationGrant grant) =>
        new(
            grant.Standing(Saved.User),
            grant.Rotation.Generation,
            Saved.Persistent ? Saved.ExpiresAt : null
        );

    private SessionDecision<RefreshGrantResult> Refreshed(
        ApplicationGrant grant,
        DateTimeOffset now,
        bool mustStore
    ) =>
        new(
            new RefreshGrantResult.Refreshed(grant.Standing(Saved.User), grant.Rotation.Generation),
            mustStore ? WithGrants(Grants.With(grant), now) : UsedAt(now, now),
            mustStore
        );

    private SessionDecision<bool> EndGrants(
        Func<ApplicationGrant, bool> which,
        DateTimeOffset now
    ) =>
        Saved.RevokedAt is null && Grants.Open.Any(which)
            ? new(true, WithoutGrants(which, now), MustStore: true)
            : Unchanged(false);

    private Session WithoutGrants(Func<ApplicationGrant, bool> which, DateTimeOffset now) =>
        WithSaved(WithActivity() with { Grants = Grants.Without(which, now) });

    private Session WithGrants(SessionGrants grants, DateTimeOffset now)
    {
        Session used = UsedAt(now, now);
        return used.WithSaved(used.WithActivity() with { Grants = grants });
    }
}
