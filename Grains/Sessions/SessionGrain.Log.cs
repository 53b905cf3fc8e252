using Microsoft.Extensions.Logging;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Sessions;

internal sealed partial class SessionGrain
{
    private void Report(RefreshResult result, string ip)
    {
        string user = _session?.Saved.UserId ?? "";
        result.Match<object?>(
            refreshed => null,
            refreshed =>
            {
                LogAhead(
                    services.Security,
                    Id.Fingerprint,
                    user,
                    refreshed.Presented,
                    refreshed.Newest
                );
                return null;
            },
            superseded => null,
            replayed =>
            {
                LogReuse(
                    services.Security,
                    Id.Fingerprint,
                    user,
                    ip,
                    replayed.Presented,
                    replayed.Newest
                );
                return null;
            },
            notLive => null
        );
    }

    [LoggerMessage(
        EventId = 201,
        Level = LogLevel.Information,
        EventName = "session-ended",
        Message = "Session {Session} of user {User} has ended: {Reason}"
    )]
    private static partial void LogEnded(
        ILogger security,
        string session,
        string user,
        SessionEndReason reason
    );

    [LoggerMessage(
        EventId = 202,
        Level = LogLevel.Warning,
        EventName = "refresh-token-reuse",
        Message = "Refresh token reuse: session {Session} of user {User} revoked; from {Ip}, generation {Presented} of {Newest}"
    )]
    private static partial void LogReuse(
        ILogger security,
        string session,
        string user,
        string ip,
        long presented,
        long newest
    );

    [LoggerMessage(
        EventId = 206,
        Level = LogLevel.Warning,
        EventName = "application-token-reuse",
        Message = "Refresh token reuse: the access of application {Application} to session {Session} of user {User} has ended; generation {Presented} of {Newest}"
    )]
    private static partial void LogGrantReuse(
        ILogger security,
        string session,
        string user,
        string application,
        long presented,
        long newest
    );

    [LoggerMessage(
        EventId = 203,
        Level = LogLevel.Warning,
        EventName = "storage-behind-token",
        Message = "Refresh token of session {Session} of user {User} has generation {Presented}, stored is {Newest}: was storage restored from a backup?"
    )]
    private static partial void LogAhead(
        ILogger security,
        string session,
        string user,
        long presented,
        long newest
    );

    [LoggerMessage(
        EventId = 204,
        Level = LogLevel.Warning,
        EventName = "coarse-write-failed",
        Message = "The activity of session {Session} could not be stored; this will be retried"
    )]
    private static partial void LogCoarseWriteFailed(
        ILogger logger,
        Exception exception,
        string session
    );

    [LoggerMessage(
        EventId = 205,
        Level = LogLevel.Warning,
        EventName = "replaced-session-not-ended",
        Message = "A session that {Session} replaces could not be ended; this will be retried"
    )]
    private static partial void LogReplacedNotEnded(
        ILogger logger,
        Exception exception,
        string session
    );
}
