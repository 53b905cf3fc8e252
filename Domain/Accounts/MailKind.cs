namespace SessionAuth.Domain.Accounts;

// Stored by name: never rename a member.
/// <summary>The kinds of email.</summary>
public enum MailKind
{
    /// <summary>A link that verifies the email; valid for 24 hours.</summary>
    VerifyEmail,

    /// <summary>To a new email: a link that confirms the change to it; valid for 24 hours.</summary>
    ConfirmNewEmail,

    /// <summary>A link that resets the password; valid for 30 minutes.</summary>
    ResetPassword,

    /// <summary>An attempt to register with an email that has an account.</summary>
    RegistrationTried,

    /// <summary>To the old and the new email: the account's email was changed.</summary>
    EmailChanged,

    /// <summary>The password was changed or reset.</summary>
    PasswordChanged,

    /// <summary>A second factor was added.</summary>
    SecondFactorAdded,

    /// <summary>A second factor was removed.</summary>
    SecondFactorRemoved,

    /// <summary>New recovery codes were generated; the old ones are invalid.</summary>
    RecoveryCodesMade,

    /// <summary>A recovery code was used.</summary>
    RecoveryCodeUsed,

    /// <summary>Many consecutive wrong codes, after a right password or in a session.</summary>
    WrongCodes,

    /// <summary>A passkey was added.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,

    /// <summary>The account was deleted.</summary>
    AccountDeleted,

    /// <summary>The email was verified without the password, and the account was started over.</summary>
    StartedOver,
}
