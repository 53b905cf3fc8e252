using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>Something that happened to an account.</summary>
/// <param name="At">When; of several in a row, when the last of them did.</param>
/// <param name="Kind">What.</param>
/// <param name="Count">How many times in a row.</param>
/// <param name="Device">From where, as far as it is known.</param>
/// <param name="Reason">Why a session ended.</param>
/// <param name="Detail">The name of what was added or removed.</param>
public sealed record AccountEvent(
    DateTimeOffset At,
    AccountEventKind Kind,
    int Count = 1,
    ClientDevice? Device = null,
    SessionEndReason? Reason = null,
    string? Detail = null
);

/// <summary>What can happen to an account. Stored by name: names are never changed.</summary>
public enum AccountEventKind
{
    /// <summary>The user registered.</summary>
    Registered,

    /// <summary>The user was brought in from another system.</summary>
    Imported,

    /// <summary>A session was started.</summary>
    SignedIn,

    /// <summary>A sign-in or a step-up with a wrong password.</summary>
    SignInFailed,

    /// <summary>A wrong code for the second factor.</summary>
    CodeFailed,

    /// <summary>A session proved anew who is there.</summary>
    SteppedUp,

    /// <summary>A session ended.</summary>
    SessionEnded,

    /// <summary>A session was refreshed from another address than before.</summary>
    RefreshedElsewhere,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>A mail to reset the password was asked for.</summary>
    PasswordResetRequested,

    /// <summary>The password was reset by mail.</summary>
    PasswordReset,

    /// <summary>The address was proved by mail.</summary>
    AddressVerified,

    /// <summary>A change of the address was asked for.</summary>
    AddressChangeRequested,

    /// <summary>The address was changed.</summary>
    AddressChanged,

    /// <summary>An authenticator app was turned on.</summary>
    TotpAdded,

    /// <summary>The authenticator app was turned off.</summary>
    TotpRemoved,

    /// <summary>A recovery code was used.</summary>
    RecoveryCodeUsed,

    /// <summary>New recovery codes were made.</summary>
    RecoveryCodesMade,

    /// <summary>A passkey was added.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,
}
