using Microsoft.Extensions.Logging;

namespace SessionAuth.Grains.Security;

/// <summary>The audit log: one logger category for security events of all grains.</summary>
internal sealed class SecurityLogger(ILoggerFactory loggers)
{
    /// <summary>The logger of the category.</summary>
    public ILogger Logger { get; } = loggers.CreateLogger("SessionAuth.Security");
}
