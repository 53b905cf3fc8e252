using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain;

namespace SessionAuth.Api.Http.Logging;

/// <summary>
/// One line for each thing that somebody may have to account for later: who, what, whence (ASVS 16.2.1, 16.3.1).
/// Sessions and addresses go by their fingerprints; nothing that a client sent is written as it came.
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

    /// <summary>
    /// Somebody was refused something: one line, unless there are so many of its kind that they are only counted.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="what">The code of what was answered, or what was wrong with a cookie: never the client's own words.</param>
    public void Refused(HttpContext context, string what)
    {
        string ip = context.ClientAddress();
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
        "Registered: address {Address}, to be verified first, from {Ip}"
    )]
    public partial void RegisteredUnverified(string address, string ip);

    [LoggerMessage(121, LogLevel.Warning, "Refused: {What} at {Call}, {Who}, from {Ip}")]
    private partial void Refused(string what, string call, string who, string ip);

    [LoggerMessage(
        122,
        LogLevel.Warning,
        "Refused: {What} {Count} more times within {Seconds} s, without a line for each"
    )]
    private partial void RefusedMore(string what, int count, int seconds);

    // The pattern of the endpoint: a path as it came may hold anything.
    private static string Call(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint
            ? $"{context.Request.Method} {endpoint.RoutePattern.RawText}"
            : "no endpoint";
}
