using Microsoft.Extensions.Logging;

namespace SessionAuth.Grains.Security;

/// <summary>The log of what somebody may have to account for later: one category, whichever part of the program writes it.</summary>
internal sealed class SecurityLogger(ILoggerFactory loggers)
{
    /// <summary>It.</summary>
    public ILogger Logger { get; } = loggers.CreateLogger("SessionAuth.Security");
}
