using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <summary>An event in the activity log of an account.</summary>
/// <param name="At">When it happened; for coalesced events, when the last one happened.</param>
/// <param name="Kind">The kind of event.</param>
/// <param name="Count">The number of coalesced events.</param>
/// <param name="Device">The client's device, if known.</param>
/// <param name="Reason">Why the session ended; null for other kinds.</param>
/// <param name="Detail">
/// The name of the changed item, the new email or the previous IP address, depending on the kind.
/// </param>
/// <param name="Method">The second factor that was added or removed; null for other kinds.</param>
public sealed record AccountEvent(
    DateTimeOffset At,
    AccountEventKind Kind,
    int Count = 1,
    ClientDevice? Device = null,
    SessionEndReason? Reason = null,
    string? Detail = null,
    AuthenticationMethod? Method = null
);

// Stored by name: never rename a member.
/// <summary>The kinds of account events.</summary>
public enum AccountEventKind
{
    /// <summary>The user registered.</summary>
    Registered,

    /// <summary>The account was imported from another system.</summary>
    Imported,

    /// <summary>A session was started.</summary>
    SignedIn,

    /// <summary>A sign-in or step-up failed because of a wrong password.</summary>
    SignInFailed,

    /// <summary>A sign-in or step-up failed because of a wrong code.</summary>
    CodeFailed,

    /// <summary>A session was re-authenticated (step-up).</summary>
    SteppedUp,

    /// <summary>A session ended.</summary>
    SessionEnded,

    /// <summary>A session was refreshed from another network than before.</summary>
    RefreshedElsewhere,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>A password reset was requested.</summary>
    PasswordResetRequested,

    /// <summary>The password was reset by a mailed link.</summary>
    PasswordReset,

    /// <summary>The email was verified.</summary>
    EmailVerified,

    /// <summary>An email change was requested.</summary>
    EmailChangeRequested,

    /// <summary>The email was changed.</summary>
    EmailChanged,

    /// <summary>A second factor was added.</summary>
    SecondFactorAdded,

    /// <summary>A second factor was removed.</summary>
    SecondFactorRemoved,

    /// <summary>A recovery code was used.</summary>
    RecoveryCodeUsed,

    /// <summary>New recovery codes were generated.</summary>
    RecoveryCodesMade,

    /// <summary>A passkey was added.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,
}
