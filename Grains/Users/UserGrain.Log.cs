using Microsoft.Extensions.Logging;

namespace SessionAuth.Grains.Users;

internal sealed partial class UserGrain
{
    [LoggerMessage(
        EventId = 211,
        Level = LogLevel.Warning,
        EventName = "prune-failed",
        Message = "The session list of user {User} was read, but not stored without those that have ended; the next reader tries again"
    )]
    private partial void LogPruneFailed(Exception exception, string user);
}
