namespace SessionAuth.Domain.Accounts;

/// <summary>What a mail is about. Stored by name: names are never changed.</summary>
public enum MailKind
{
    /// <summary>A link that verifies the address; good for 24 hours.</summary>
    VerifyAddress,

    /// <summary>To a new address: a link that confirms the change to it; good for 24 hours.</summary>
    ConfirmNewAddress,

    /// <summary>A link that resets the password; good for 30 minutes.</summary>
    ResetPassword,

    /// <summary>Somebody tried to register with an address that has an account.</summary>
    RegistrationTried,

    /// <summary>To the old and the new address: the account's address was changed.</summary>
    AddressChanged,

    /// <summary>The password was changed or reset.</summary>
    PasswordChanged,

    /// <summary>An authenticator app was turned on.</summary>
    TotpAdded,

    /// <summary>The authenticator app was turned off.</summary>
    TotpRemoved,

    /// <summary>New recovery codes were made; the old ones are void.</summary>
    RecoveryCodesMade,

    /// <summary>A recovery code was used.</summary>
    RecoveryCodeUsed,

    /// <summary>Codes have been wrong many times in a row, behind a right password or in a session.</summary>
    WrongCodes,

    /// <summary>A passkey was added.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,

    /// <summary>The account was deleted.</summary>
    AccountDeleted,

    /// <summary>The address was verified by somebody without the password, and the account started over.</summary>
    StartedOver,
}
