using Microsoft.Extensions.Logging;

namespace SessionAuth.Grains.Accounts;

internal sealed partial class AccountGrain
{
    [LoggerMessage(
        EventId = 211,
        Level = LogLevel.Warning,
        EventName = "prune-failed",
        Message = "The session list of user {User} was read, but not stored without those that have ended; the next reader tries again"
    )]
    private partial void LogPruneFailed(Exception exception, string user);

    [LoggerMessage(
        EventId = 212,
        Level = LogLevel.Warning,
        EventName = "noted-lost",
        Message = "What happened at user {User} was not stored; it is with the next change, while the grain is in memory"
    )]
    private partial void LogNotedLost(Exception exception, string user);

    [LoggerMessage(
        EventId = 214,
        Level = LogLevel.Warning,
        EventName = "not-finished",
        Message = "A session of user {User} could not be ended, or an address not be released; it is tried again"
    )]
    private partial void LogNotFinished(Exception exception, string user);
}
