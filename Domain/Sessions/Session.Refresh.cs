namespace SessionAuth.Domain.Sessions;

/// <remarks>Token refresh.</remarks>
public readonly partial record struct Session
{
    /// <summary>
    /// Refreshes the tokens (rotation with delivery confirmation; RFC 9700 §4.14.2). An accepted token counts as
    /// activity, and the first activity ends the sessions that this one replaces.
    /// </summary>
    /// <param name="generation">The generation of the presented token.</param>
    /// <param name="ip">The client's IP address, for the device list.</param>
    /// <param name="now">The current time.</param>
    public SessionDecision<RefreshResult> Refresh(long generation, string ip, DateTimeOffset now)
    {
        if (!IsLive(now))
            return Unchanged<RefreshResult>(new RefreshResult.NotLive());

        Rotation rotation = Saved.Rotation with { Deliveries = Activity.Deliveries };
        return rotation.Decide(generation, now, Rules.RefreshGrace) switch
        {
            RefreshDecision.Repeat => Used(generation, now).Repeated(),
            RefreshDecision.RepeatWithoutProof => Used(generation, now).RepeatedWithoutProof(),
            RefreshDecision.Rotate => Used(generation, now).Rotated(ip, now),
            RefreshDecision.RotateFromToken => Used(generation, now)
                .RotatedFromNewerToken(generation, ip, now),
            RefreshDecision.Superseded => Unchanged<RefreshResult>(new RefreshResult.Superseded()),
            RefreshDecision.Reuse => Replayed(generation, now),
        };
    }

    private SessionDecision<RefreshResult> Repeated() =>
        new(new RefreshResult.Refreshed(Tokens()), this, MustStore: false, EffectsOfUse());

    // The holder of a token from before the last step-up may not be the user who authenticated then.
    private SessionDecision<RefreshResult> RepeatedWithoutProof()
    {
        bool hasProof =
            Saved.AuthenticatedAt is not null || (Saved.RestrictedBefore && !Saved.Restricted);
        if (!hasProof)
            return Repeated();

        Session next = WithSaved(
            WithActivity() with
            {
                AuthenticatedAt = null,
                AuthenticationMethods = [],
                Restricted = Saved.RestrictedBefore,
            }
        );
        return new(
            new RefreshResult.Refreshed(next.Tokens()),
            next,
            MustStore: true,
            EffectsOfUse()
        );
    }

    private SessionDecision<RefreshResult> Rotated(string ip, DateTimeOffset now)
    {
        Session next = WithNextGeneration(ip, now);
        return new(
            new RefreshResult.Refreshed(next.Tokens()),
            next,
            MustStore: true,
            EffectsOfUse()
        );
    }

    private SessionDecision<RefreshResult> RotatedFromNewerToken(
        long presented,
        string ip,
        DateTimeOffset now
    )
    {
        Session next = WithNextGeneration(ip, now);
        return new(
            new RefreshResult.RefreshedFromNewerToken(
                next.Tokens(),
                presented,
                Saved.Rotation.Generation
            ),
            next,
            MustStore: true,
            EffectsOfUse()
        );
    }

    private SessionDecision<RefreshResult> Replayed(long presented, DateTimeOffset now)
    {
        SessionEnd end = new(now, SessionEndReason.RefreshTokenReuse);
        return new(
            new RefreshResult.Replayed(presented, Saved.Rotation.Generation),
            Ended(end),
            MustStore: true,
            new SessionEffect.Ended(end.Reason)
        );
    }

    private SessionEffect[] EffectsOfUse() =>
        MustEndReplaced ? [new SessionEffect.EndReplacedInBackground()] : [];

    private Session WithNextGeneration(string ip, DateTimeOffset now)
    {
        SessionState saved = WithActivity();
        return WithSaved(
            saved with
            {
                Rotation = saved.Rotation.Advance(now),
                Device = saved.Device with { Ip = ip },
            }
        );
    }
}
