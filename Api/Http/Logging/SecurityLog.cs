using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain;

namespace SessionAuth.Api.Http.Logging;

/// <summary>
/// The audit log of security events: who did what, and from where (ASVS 16.2.1, 16.3.1). Sessions and emails appear as
/// fingerprints; nothing that a client sent is logged verbatim.
/// </summary>
internal sealed partial class SecurityLog : IDisposable
{
    private readonly ILogger _logger;
    private readonly RefusalBudget _budget;

    public SecurityLog(ILoggerFactory loggers, TimeProvider clock)
    {
        _logger = loggers.CreateLogger("SessionAuth.Security");
        _budget = new(clock, RefusedMore);
    }

    /// <summary>Logs a refused request, rate limited per client and kind.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">The problem code, or the defect of a cookie; never text from the client.</param>
    public void Refused(HttpContext context, string what)
    {
        string ip = context.ClientIpAddress();
        if (_budget.TrySpend(what, ip))
            Refused(what, Call(context), context.Subject(), ip);
    }

    public void Dispose() => _budget.Dispose();

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

    [LoggerMessage(
        110,
        LogLevel.Information,
        "Email verified: user {User}, account started over: {StartedOver}, from {Ip}"
    )]
    public partial void EmailVerified(UserId user, bool startedOver, string ip);

    [LoggerMessage(111, LogLevel.Information, "Email changed: user {User}, from {Ip}")]
    public partial void EmailChanged(UserId user, string ip);

    [LoggerMessage(112, LogLevel.Information, "Password changed: user {User}, from {Ip}")]
    public partial void PasswordChanged(UserId user, string ip);

    [LoggerMessage(113, LogLevel.Information, "Password reset requested: email {Email}, from {Ip}")]
    public partial void PasswordForgotten(string email, string ip);

    [LoggerMessage(114, LogLevel.Information, "Password reset: user {User}, from {Ip}")]
    public partial void PasswordReset(UserId user, string ip);

    [LoggerMessage(115, LogLevel.Information, "Factor changed: {Change}, user {User}, from {Ip}")]
    public partial void FactorChanged(string change, UserId user, string ip);

    [LoggerMessage(
        117,
        LogLevel.Information,
        "Stepped up: session {Session}, user {User}, from {Ip}"
    )]
    public partial void SteppedUp(string session, UserId user, string ip);

    [LoggerMessage(119, LogLevel.Information, "Account deleted: user {User}, from {Ip}")]
    public partial void AccountDeleted(UserId user, string ip);

    [LoggerMessage(
        120,
        LogLevel.Information,
        "Registered: email {Email}, not yet verified, from {Ip}"
    )]
    public partial void RegisteredUnverified(string email, string ip);

    [LoggerMessage(121, LogLevel.Warning, "Refused: {What} at {Call}, {Who}, from {Ip}")]
    private partial void Refused(string what, string call, string who, string ip);

    [LoggerMessage(
        122,
        LogLevel.Warning,
        "Refused: {What} {Count} more times within {Seconds} s, not logged one by one"
    )]
    private partial void RefusedMore(string what, int count, int seconds);

    // The route pattern, since the raw path may contain anything.
    private static string Call(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint
            ? $"{context.Request.Method} {endpoint.RoutePattern.RawText}"
            : "no endpoint";
}
