namespace SessionAuth.Domain.Sessions;

/// <summary>Why a session has ended. Stored by name: never rename a member.</summary>
public enum SessionEndReason
{
    /// <summary>Its user signed out there.</summary>
    SignedOut,

    /// <summary>Its user ended it from another session.</summary>
    RevokedByUser,

    /// <summary>The same browser signed in again.</summary>
    SignedInAgain,

    /// <summary>A superseded refresh token was replayed: somebody holds a copy (RFC 9700 §4.14.2).</summary>
    RefreshTokenReuse,

    /// <summary>Its user had reached the limit of sessions, and this was the one created first.</summary>
    SessionLimit,

    /// <summary>It was idle for too long, or reached its absolute timeout.</summary>
    Expired,

    /// <summary>The password was changed or reset elsewhere.</summary>
    PasswordChanged,

    /// <summary>A second factor or a passkey was added or removed elsewhere.</summary>
    FactorChanged,

    /// <summary>The owner of the email address proved it for the first time, which ends all earlier sessions.</summary>
    AddressProved,

    /// <summary>The account was deleted.</summary>
    AccountDeleted,
}
