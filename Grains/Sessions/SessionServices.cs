using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Grains.Leases;
using SessionAuth.Grains.Security;

namespace SessionAuth.Grains.Sessions;

/// <summary>The services that all session grains of a silo share.</summary>
internal sealed class SessionServices(
    SiloLeases leases,
    SessionUses uses,
    DueSaves dueSaves,
    IOptions<SessionOptions> options,
    TimeProvider clock,
    SecurityLogger security,
    ILogger<SessionGrain> logger
)
{
    /// <summary>The leases of the silo.</summary>
    public SiloLeases Leases => leases;

    /// <summary>The sessions of the silo that holders report uses of.</summary>
    public SessionUses Uses => uses;

    /// <summary>The sessions of the silo that owe a save.</summary>
    public DueSaves DueSaves => dueSaves;

    /// <summary>The settings.</summary>
    public SessionOptions Options { get; } = options.Value;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>The audit log.</summary>
    public ILogger Security => security.Logger;

    /// <summary>The log.</summary>
    public ILogger Logger => logger;
}
