using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>The session that worlds and courses play with: the product's, which ends by its revocation alone.</summary>
internal static class PlayedSession
{
    public static readonly DateTimeOffset Begins = DateTimeOffset.UnixEpoch;
    public static readonly SessionId Id = SessionId.New();
    public static readonly UserId User = UserId.New(Begins);

    /// <summary>As it is once its first token has come back.</summary>
    public static readonly Session Live = Session
        .Begin(
            Id,
            new(User, ClientDevice.Removed, Persistent: true, new([AuthenticationMethod.Password])),
            new(
                IdleTimeout: TimeSpan.FromDays(30),
                BriefIdleTimeout: TimeSpan.FromDays(1),
                AbsoluteTimeout: TimeSpan.FromDays(90),
                RefreshGrace: TimeSpan.FromMinutes(1)
            ),
            Begins
        )
        .Check(User, 1, Begins)
        .Next;

    /// <summary>As it is once it was revoked.</summary>
    public static readonly Session Revoked = Live.Revoke(
        SessionEndReason.SignedOut,
        User,
        Begins
    ).Next;

    /// <summary>Whether its revocation has to be recalled.</summary>
    public static readonly bool RevocationVoidsCopies = Live.VoidsCopies(Revoked.Saved);

    /// <summary>Whether a check is accepted from the state that is visible.</summary>
    public static bool Accepts(bool isRevoked) =>
        (isRevoked ? Revoked : Live).Standing(User, 1, Begins) == SessionStanding.Live;

    /// <summary>Whether holders are given a standing of the state that is visible.</summary>
    public static bool IsLeased(bool isRevoked) =>
        (isRevoked ? Revoked : Live).Lease(1, Begins) is not null;
}
