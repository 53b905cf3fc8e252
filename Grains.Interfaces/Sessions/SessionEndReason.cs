namespace SessionAuth.Grains.Interfaces.Sessions;

/// <summary>Why a session has ended. Stored by name: names are never changed.</summary>
[GenerateSerializer, Alias("session-end-reason")]
public enum SessionEndReason
{
    /// <summary>Its user signed out there.</summary>
    SignedOut,

    /// <summary>Its user ended it from another session.</summary>
    RevokedByUser,

    /// <summary>The same browser signed in again.</summary>
    SignedInAgain,

    /// <summary>A refresh token came back long after a newer one had been used: somebody holds a copy.</summary>
    RefreshTokenReuse,

    /// <summary>Its user had as many sessions as allowed, and this was the earliest created.</summary>
    SessionLimit,

    /// <summary>It was idle for too long, or reached its absolute timeout.</summary>
    Expired,

    /// <summary>The password was changed or reset elsewhere.</summary>
    PasswordChanged,

    /// <summary>A second factor or a passkey was added or removed elsewhere.</summary>
    FactorChanged,

    /// <summary>The owner of the address proved it by mail for the first time, which ends all that was before.</summary>
    AddressProved,

    /// <summary>The account was deleted.</summary>
    AccountDeleted,
}
