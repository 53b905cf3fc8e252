namespace SessionAuth.Domain.Sessions;

// Stored by name: never rename a member.
/// <summary>Why a session has ended.</summary>
public enum SessionEndReason
{
    /// <summary>The user signed out.</summary>
    SignedOut,

    /// <summary>The user revoked it from another session.</summary>
    RevokedByUser,

    /// <summary>The same browser signed in again, which replaced the session.</summary>
    SignedInAgain,

    /// <summary>A superseded refresh token was reused, which indicates theft (RFC 9700 §4.14.2).</summary>
    RefreshTokenReuse,

    /// <summary>The user exceeded the session limit, and this was the oldest session.</summary>
    SessionLimit,

    /// <summary>The idle or the absolute timeout was reached.</summary>
    Expired,

    /// <summary>The password was changed or reset from another session.</summary>
    PasswordChanged,

    /// <summary>A second factor or a passkey was added or removed from another session.</summary>
    FactorChanged,

    /// <summary>The email was verified for the first time by its owner, which ends all earlier sessions.</summary>
    EmailVerified,

    /// <summary>The account was deleted.</summary>
    AccountDeleted,
}
