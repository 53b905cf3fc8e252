namespace SessionAuth.Domain.Accounts;

/// <summary>How the link of a verification email was opened.</summary>
/// <param name="Token">The link token.</param>
/// <param name="HasSession">Whether the request has a live session of the account.</param>
/// <param name="HasPassword">Whether a password was presented.</param>
/// <param name="StartOver">Whether to start the account over if there is neither a session nor a password.</param>
/// <param name="Device">The device of the caller's session; null if there is none.</param>
/// <param name="Operation">The operation id; null for calls that are not retried.</param>
public sealed record OpenedVerification(
    Secret Token,
    bool HasSession,
    bool HasPassword,
    bool StartOver,
    ClientDevice? Device,
    OperationId? Operation
);
