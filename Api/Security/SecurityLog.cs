using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Security;

/// <summary>
/// One line for each thing that somebody may have to account for later: who, what, whence (ASVS 16.2.1, 16.3.1).
/// Sessions and addresses go by their fingerprints; nothing that a client sent is written as it came.
/// </summary>
internal sealed partial class SecurityLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("SessionAuth.Security");

    [LoggerMessage(
        101,
        LogLevel.Information,
        "Registered: user {User}, session {Session}, from {Ip}"
    )]
    public partial void Registered(UserId user, string session, string ip);

    [LoggerMessage(
        102,
        LogLevel.Information,
        "Signed in: user {User}, session {Session}, from {Ip}"
    )]
    public partial void SignedIn(UserId user, string session, string ip);

    [LoggerMessage(103, LogLevel.Warning, "Sign-in failed: address {Address}, from {Ip}")]
    public partial void SignInFailed(string address, string ip);

    [LoggerMessage(104, LogLevel.Warning, "Sign-in throttled: address {Address}, from {Ip}")]
    public partial void SignInThrottled(string address, string ip);

    [LoggerMessage(105, LogLevel.Information, "Signed out: session {Session}, from {Ip}")]
    public partial void SignedOut(string session, string ip);

    [LoggerMessage(
        106,
        LogLevel.Information,
        "Revoked: session {Session} by user {User}, from {Ip}"
    )]
    public partial void Revoked(string session, UserId user, string ip);

    [LoggerMessage(
        107,
        LogLevel.Information,
        "Revoked all sessions but {Session}: by user {User}, from {Ip}"
    )]
    public partial void RevokedOthers(string session, UserId user, string ip);

    [LoggerMessage(108, LogLevel.Information, "Revoked all sessions: by user {User}, from {Ip}")]
    public partial void RevokedAll(UserId user, string ip);

    [LoggerMessage(109, LogLevel.Warning, "Refused for its origin: {Endpoint}, from {Ip}")]
    public partial void ForeignOrigin(string? endpoint, string ip);

    [LoggerMessage(
        110,
        LogLevel.Information,
        "Address verified: user {User}, with everything from before removed: {StartedOver}, from {Ip}"
    )]
    public partial void AddressVerified(UserId user, bool startedOver, string ip);

    [LoggerMessage(111, LogLevel.Information, "Address changed: user {User}, from {Ip}")]
    public partial void AddressChanged(UserId user, string ip);

    [LoggerMessage(112, LogLevel.Information, "Password changed: user {User}, from {Ip}")]
    public partial void PasswordChanged(UserId user, string ip);

    [LoggerMessage(113, LogLevel.Information, "Password forgotten: address {Address}, from {Ip}")]
    public partial void PasswordForgotten(string address, string ip);

    [LoggerMessage(114, LogLevel.Information, "Password reset: user {User}, from {Ip}")]
    public partial void PasswordReset(UserId user, string ip);

    [LoggerMessage(115, LogLevel.Information, "Factor changed: {Change}, user {User}, from {Ip}")]
    public partial void FactorChanged(string change, UserId user, string ip);

    [LoggerMessage(116, LogLevel.Warning, "Code refused: user {User}, from {Ip}")]
    public partial void CodeRefused(UserId user, string ip);

    [LoggerMessage(
        117,
        LogLevel.Information,
        "Stepped up: session {Session}, user {User}, from {Ip}"
    )]
    public partial void SteppedUp(string session, UserId user, string ip);

    [LoggerMessage(
        118,
        LogLevel.Warning,
        "Step-up refused: session {Session}, user {User}, from {Ip}"
    )]
    public partial void StepUpRefused(string session, UserId user, string ip);

    [LoggerMessage(119, LogLevel.Information, "Account deleted: user {User}, from {Ip}")]
    public partial void AccountDeleted(UserId user, string ip);

    [LoggerMessage(130, LogLevel.Warning, "Passkey refused: from {Ip}")]
    public partial void PasskeyRefused(string ip);
}
